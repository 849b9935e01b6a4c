package dev.laneway.dialects.ollama;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Feature;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ingress learns of a request, and what it refuses. */
class OllamaInspectionTest {
    private static final String MESSAGES = "'messages':[{'role':'user','content':'hi'}]";

    private static Inspection inspect(Dialect dialect, String body) {
        return Dialects.inbound(dialect).inspect(bytes(body));
    }

    private static Inspected chat(String fields) {
        return ((Inspection.Accepted) inspect(Dialect.OLLAMA_CHAT, "{'model':'m'," + fields + "}")).request();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|true", "'stream':null,|true", "'stream':true,|true", "'stream':false,|false"},
            quoteCharacter = '`')
    void shouldStreamUnlessToldNotTo(String field, boolean stream) {
        var asked = chat((field.equals("''") ? "" : field) + MESSAGES);

        assertThat(asked.stream()).isEqualTo(stream);
    }

    @Test
    void shouldTellWhatPlanningNeeds() {
        var asked = chat(
                "'messages':[{'role':'user','content':'look','images':['iVBORw0KGgo=']}],'think':'low','format':{'type':'object'},"
                        + "'tools':[{'type':'function','function':{'name':'f'}}],'logprobs':true,'options':{'num_predict':5.5}");

        assertThat(asked.features())
                .containsExactlyInAnyOrder(
                        Feature.VISION, Feature.REASONING, Feature.JSON_SCHEMA, Feature.TOOLS, Feature.LOGPROBS);
        assertThat(asked.maxTokens()).isEqualTo(5);
        assertThat(asked.includeUsage()).isTrue();
        assertThat(asked.estimatedInputTokens()).isBetween(1_000L, 1_100L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"'messages':[]", "'messages':null", "'keep_alive':0", "'keep_alive':'1h30m','messages':[]"})
    void shouldTakeARequestThatSaysNothingForALoad(String fields) {
        assertThat(chat(fields).messageCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OLLAMA_CHAT | 'messages':[{'role':'user','content':[{'type':'text','text':'hi'}]}] | messages[0].content",
                "OLLAMA_CHAT | 'messages':[{'content':'hi'}] | messages[0].role",
                "OLLAMA_CHAT | 'messages':[{'role':'wizard','content':'hi'}] | messages[0].role",
                "OLLAMA_CHAT | 'messages':'hi' | messages",
                "OLLAMA_CHAT | 'messages':[],'MODEL':'large:cloud' | MODEL",
                "OLLAMA_CHAT | 'messages':[],'meſſages':[] | meſſages",
                "OLLAMA_CHAT | 'messages':[],'think':'hard' | think",
                "OLLAMA_CHAT | 'messages':[],'format':'xml' | format",
                "OLLAMA_CHAT | 'messages':[],'keep_alive':'soon' | keep_alive",
                "OLLAMA_CHAT | 'messages':[],'keep_alive':'-1' | keep_alive",
                "OLLAMA_CHAT | 'messages':[],'options':{'temperature':'hot'} | options.temperature",
                "OLLAMA_CHAT | 'messages':[],'options':{'stop':'x'} | options.stop",
                "OLLAMA_CHAT | 'messages':[],'stream':'yes' | stream",
                "OLLAMA_GENERATE | 'prompt':'hi','raw':true | raw",
                "OLLAMA_GENERATE | 'prompt':'hi','suffix':'x' | suffix",
                "OLLAMA_GENERATE | 'prompt':'hi','context':[1,2] | context",
                "OLLAMA_GENERATE | 'prompt':7 | prompt"
            })
    void shouldNameWhatIsWrong(Dialect dialect, String fields, String path) {
        var inspection = inspect(dialect, "{'model':'m'," + fields + "}");

        assertThat(((Inspection.Refused) inspection).error().param()).isEqualTo(path);
    }

    @Test
    void shouldTakeUnsetFieldsOfGenerate() {
        var inspection = inspect(
                Dialect.OLLAMA_GENERATE,
                "{'model':'m','prompt':'hi','suffix':'','template':'','raw':false,'context':[],'system':'','format':'','images':[]}");

        assertThat(inspection).isInstanceOf(Inspection.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({"0, unload", "'\"0s\"', unload", "5, load", "'\"5m\"', load", "-1, load", "null, load"})
    void shouldAnswerALoadAsAServerDoes(String keepAlive, String reason) {
        var answer = ModelLoad.answer(
                Dialect.OLLAMA_CHAT,
                bytes("{'model':'tiny','keep_alive':" + keepAlive + "}"),
                "tiny",
                Instant.parse("2026-11-21T23:53:06.142305446Z"));

        assertThat(text(answer))
                .isEqualTo(
                        "{'model':'tiny','created_at':'2026-11-21T23:53:06.142305446Z','message':{'role':'assistant','content':''},"
                                + "'done':true,'done_reason':'" + reason + "'}");
    }

    @Test
    void shouldWordErrorsInOneString() {
        var error =
                new ClientError(404, "invalid_request_error", "model_not_found", "model", "model 'x' not found", "r1");

        var inbound = Dialects.inbound(Dialect.OLLAMA_CHAT);

        assertThat(text(inbound.errorBody(error))).isEqualTo("{'error':'model 'x' not found','request_id':'r1'}");
        assertThat(text(inbound.errorFrames(error))).endsWith("}\n").startsWith("{'error':");
    }
}
