package dev.laneway.dialects.gemini;

import static dev.laneway.dialects.TestTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Feature;
import dev.laneway.dialects.Addressed;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiInspectionTest {
    private static final Addressed ADDRESSED = new Addressed("a/route", true);

    @Test
    void shouldSayWhatAnAgentAsks() {
        var asked = accepted("{'system_instruction':{'parts':{'text':'s'}},'contents':[{'role':'user','parts':["
                + "{'text':'a'},{'inlineData':{'mimeType':'image/png','data':'" + "A".repeat(4_000) + "'}}]},"
                + "{'role':'model','parts':[{'functionCall':{'name':'f','args':{}},'thoughtSignature':'c2ln'}]}],"
                + "'tools':[{'functionDeclarations':[{'name':'f'}]}],"
                + "'generation_config':{'max_output_tokens':'77','responseMimeType':'application/json',"
                + "'thinkingConfig':{'thinkingBudget':-1}}}");

        assertThat(asked.model()).isEqualTo("a/route");
        assertThat(asked.stream()).isTrue();
        assertThat(asked.includeUsage()).isTrue();
        assertThat(asked.maxTokens()).isEqualTo(77);
        assertThat(asked.messageCount()).isEqualTo(2);
        assertThat(asked.features())
                .containsExactlyInAnyOrder(Feature.TOOLS, Feature.VISION, Feature.JSON_OBJECT, Feature.REASONING);
        assertThat(asked.estimatedInputTokens()).isBetween(1_000L, 1_200L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'contents':{'parts':{'text':'one of each'}}}",
                "{'contents':[{'parts':[{'text':'no role'}]}],'brandNew':{'x':1}}",
                "{'contents':[{'role':'function','parts':[{'function_response':{'name':'f','response':{}}}]}]}",
                "{'contents':[{'parts':[{'videoMetadata':{'fps':1},'fileData':{'fileUri':'gs://a/b'}}]}],'tools':{'googleSearch':{}}}",
                "{'generateContentRequest':{'model':'models/m','contents':[{'parts':[{'text':'a'}]}]}}"
            })
    void shouldTakeWhatGoogleTakes(String body) {
        assertThat(accepted(body).messageCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                                     | contents",
                "{'contents':[]}                                                        | contents",
                "{'contents':'hi'}                                                      | contents",
                "{'contents':[{'role':'assistant','parts':[]}]}                         | contents[0].role",
                "{'contents':[{'parts':[{'text':1}]}]}                                  | contents[0].parts[0].text",
                "{'contents':[{'parts':[{'functionCall':{'args':{}}}]}]}                | contents[0].parts[0].functionCall.name",
                "{'contents':[{'parts':[]}],'generationConfig':{'temperature':3}}       | generationConfig.temperature",
                "{'contents':[{'parts':[]}],'tools':[{'functionDeclarations':[{}]}]}    | tools[0].functionDeclarations[0].name",
                "{'contents':[{'parts':[]}],'contents':[]}                              | contents",
                "{'generationConfig':{},'generation_config':{},'contents':[]}           | generation_config"
            })
    void shouldSayWhatIsWrong(String body, String path) {
        var inspection = Dialects.inbound(Dialect.GEMINI).inspect(bytes(body), ADDRESSED);

        assertThat(inspection).isInstanceOf(Inspection.Refused.class);
        assertThat(((Inspection.Refused) inspection).error().param()).isEqualTo(path);
    }

    private static Inspected accepted(String body) {
        var inspection = Dialects.inbound(Dialect.GEMINI).inspect(bytes(body), ADDRESSED);
        assertThat(inspection).isInstanceOf(Inspection.Accepted.class);
        return ((Inspection.Accepted) inspection).request();
    }
}
