package dev.laneway.provider.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.UpstreamCall;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentDefaultsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Map<String, JsonNode> defaults(String json) throws Exception {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        JSON.readTree(json).fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private static UpstreamCall apply(String body, Dialect vendor, String defaults) throws Exception {
        UpstreamCall call =
                new UpstreamCall("http://x/", Map.of(), body.getBytes(StandardCharsets.UTF_8), List.of("before"));
        return DeploymentDefaults.apply(call, vendor, defaults(defaults));
    }

    private static String text(UpstreamCall call) {
        return new String(call.body(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldSetWhatTheClientDidNot() throws Exception {
        UpstreamCall call =
                apply("{\"model\":\"m\", \"n\":1}", Dialect.OPENAI_CHAT, "{\"temperature\":0.5,\"seed\":7}");

        assertThat(JSON.readTree(text(call)))
                .isEqualTo(JSON.readTree("{\"model\":\"m\",\"n\":1,\"temperature\":0.5,\"seed\":7}"));
        assertThat(text(call)).endsWith("\"model\":\"m\", \"n\":1}");
    }

    @Test
    void shouldKeepWhatTheClientSet() throws Exception {
        String body = "{\"temperature\":1,\"x\":{\"seed\":2}}";

        UpstreamCall call = apply(body, Dialect.OPENAI_CHAT, "{\"temperature\":0}");

        assertThat(text(call)).isEqualTo(body);
    }

    @Test
    void shouldFillAnEmptyBody() throws Exception {
        UpstreamCall call = apply("{ }", Dialect.OPENAI_CHAT, "{\"seed\":7}");

        assertThat(JSON.readTree(text(call))).isEqualTo(JSON.readTree("{\"seed\":7}"));
    }

    @Test
    void shouldLeaveCapsToThePolicy() throws Exception {
        UpstreamCall call = apply("{\"model\":\"m\"}", Dialect.OPENAI_CHAT, "{\"max_tokens\":7}");

        assertThat(text(call)).isEqualTo("{\"model\":\"m\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                      | {'generationConfig':{'topK':3,'stopSequences':['x']},'safetySettings':[1]}",
                "{'generation_config':{}}                | {'safetySettings':[1],'generation_config':{'topK':3,'stopSequences':['x']}}",
                "{'generationConfig':{'top_k':1}}        | {'safetySettings':[1],'generationConfig':{'stopSequences':['x'],'top_k':1}}",
                "{'safety_settings':[],'a':{'topK':2}}   | {'generationConfig':{'topK':3,'stopSequences':['x']},'safety_settings':[],'a':{'topK':2}}"
            })
    void shouldPutThemWhereGeminiHasThem(String body, String sent) throws Exception {
        UpstreamCall call = apply(
                body.replace('\'', '"'),
                Dialect.GEMINI,
                "{\"top_k\":3,\"stop\":\"x\",\"safety_settings\":[1],\"logit_bias\":{}}");

        assertThat(JSON.readTree(text(call))).isEqualTo(JSON.readTree(sent.replace('\'', '"')));
        assertThat(call.notes()).last().asString().startsWith("ignored logit_bias");
    }

    @Test
    void shouldSayWhatAnthropicHasNoFieldFor() throws Exception {
        UpstreamCall call = apply(
                "{\"model\":\"m\"}",
                Dialect.ANTHROPIC_MESSAGES,
                "{\"temperature\":0.5,\"frequency_penalty\":1,\"custom\":true}");

        assertThat(JSON.readTree(text(call)))
                .isEqualTo(JSON.readTree("{\"model\":\"m\",\"temperature\":0.5,\"custom\":true}"));
        assertThat(call.notes()).hasSize(2).last().asString().startsWith("ignored frequency_penalty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{} | {\"num_ctx\":8192,\"keep_alive\":\"1h\"} | {\"keep_alive\":\"1h\",\"options\":{\"num_ctx\":8192}}",
                "{\"options\":{}} | {\"num_ctx\":8192} | {\"options\":{\"num_ctx\":8192}}",
                "{\"options\":null} | {\"num_ctx\":8192} | {\"options\":{\"num_ctx\":8192}}",
                "{\"options\":{\"num_ctx\":1,\"seed\":2}} | {\"num_ctx\":8192,\"top_k\":3} | {\"options\":{\"top_k\":3,\"num_ctx\":1,\"seed\":2}}",
                "{\"think\":false} | {\"think\":true} | {\"think\":false}",
                "{} | {\"reasoning_effort\":\"none\"} | {\"think\":false}",
                "{} | {\"reasoning_effort\":\"high\"} | {\"think\":\"high\"}",
                "{} | {\"stop\":\"END\"} | {\"options\":{\"stop\":[\"END\"]}}",
                "{} | {\"response_format\":{\"type\":\"json_object\"}} | {\"format\":\"json\"}",
                "{} | {\"options\":{\"mirostat\":1},\"brand_new\":2} | {\"brand_new\":2,\"options\":{\"mirostat\":1}}",
                "{} | {\"max_tokens\":5} | {}"
            })
    void shouldPutFieldsWhereOllamaHasThem(String body, String defaults, String sent) throws Exception {
        UpstreamCall call = apply(body, Dialect.OLLAMA_CHAT, defaults);

        assertThat(JSON.readTree(text(call))).isEqualTo(JSON.readTree(sent));
    }

    @Test
    void shouldSayWhatOllamaHasNoFieldFor() throws Exception {
        UpstreamCall call = apply("{}", Dialect.OLLAMA_CHAT, "{\"logit_bias\":{\"5\":1}}");

        assertThat(text(call)).isEqualTo("{}");
        assertThat(call.notes()).last().asString().startsWith("ignored logit_bias");
    }

    @ParameterizedTest
    @CsvSource({"{},0,0", "{},500,500", "{\"max_tokens\":100},0,100", "{\"max_tokens\":100},50,50"})
    void shouldTakeTheSmallerCap(String defaults, int gateway, int cap) throws Exception {
        int both = DeploymentDefaults.cap(defaults(defaults), gateway);

        assertThat(both).isEqualTo(cap);
    }
}
