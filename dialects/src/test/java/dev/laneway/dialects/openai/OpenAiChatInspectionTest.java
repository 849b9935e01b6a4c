package dev.laneway.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Feature;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiChatInspectionTest {
    private static final String MESSAGES = "'messages':[{'role':'user','content':'hi'}]";

    @Test
    void shouldExtractWhatPlanningNeeds() {
        var seen = accepted("""
                {'messages':[{'content':[{'type':'text','text':'what is this?'},
                {'type':'image_url','image_url':{'url':'data:image/png;base64,%s'}}],'role':'user'},
                {'role':'assistant','content':null,'tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]},
                {'role':'tool','tool_call_id':'c','content':'ok'}],
                'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}],
                'stream':true,'stream_options':{'include_usage':true},'max_completion_tokens':77,'n':2,
                'response_format':{'type':'json_schema','json_schema':{'name':'a','schema':{}}},
                'reasoning_effort':'high','logprobs':true,'user':'u1','whatever':{'x':[1,2]},'model':'smart'}""".formatted("A".repeat(8_000)));

        assertThat(seen.model()).isEqualTo("smart");
        assertThat(seen.stream()).isTrue();
        assertThat(seen.includeUsage()).isTrue();
        assertThat(seen.maxTokens()).isEqualTo(77);
        assertThat(seen.messageCount()).isEqualTo(3);
        assertThat(seen.user()).isEqualTo("u1");
        assertThat(seen.features())
                .containsExactlyInAnyOrder(
                        Feature.TOOLS,
                        Feature.VISION,
                        Feature.MULTIPLE_CHOICES,
                        Feature.JSON_SCHEMA,
                        Feature.REASONING,
                        Feature.LOGPROBS);
        assertThat(seen.estimatedInputTokens()).isBetween(1_100L, 1_300L);
    }

    @ParameterizedTest
    @CsvSource({"max_tokens, max_completion_tokens", "max_completion_tokens, max_tokens"})
    void shouldGoByTheHigherOfTwoLimits(String low, String high) {
        var seen = accepted("{'model':'m','" + low + "':1,'" + high + "':5000," + MESSAGES + "}");

        assertThat(seen.maxTokens()).isEqualTo(5_000);
    }

    @Test
    void shouldCountTextByItsBytes() {
        var seen = accepted("{'model':'m','messages':[{'role':'user','content':'" + "x".repeat(4_000) + "'}]}");

        assertThat(seen.estimatedInputTokens()).isBetween(1_000L, 1_030L);
        assertThat(seen.maxTokens()).isZero();
        assertThat(seen.features()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'m'," + MESSAGES + "}",
                "{'model':'m','temperature':null,'stop':null,'tools':null,'stream':null,'max_tokens':null," + MESSAGES
                        + "}",
                "{'model':'m','temperature':2,'top_p':0,'n':1,'seed':-9223372036854775808,'stop':['a','b','c','d'],"
                        + MESSAGES + "}",
                "{'model':'m','stream':false," + MESSAGES + "}",
                "{'model':'m','max_tokens':8.0," + MESSAGES + "}",
                "{'model':'m','messages':[{'role':'assistant','content':null},{'role':'developer','content':[]},{'role':'function','name':'f','content':null}]}",
                "{'model':'m','messages':[{'role':'user','content':[{'type':'image_url','image_url':'http://x'},{'type':'video_url','video_url':{}}]}]}",
                "{'model':'m','tools':[{'type':'function','function':{'name':'a','strict':null}},{'type':'custom','custom':{'name':'c'}},{'type':'mcp'}],'tool_choice':{'type':'function','function':{'name':'a'}},"
                        + MESSAGES + "}",
                "{'model':'m','response_format':{'type':'text'},'metadata':{'a':'b'},'store':true,'verbosity':'low','service_tier':'auto',"
                        + MESSAGES + "}"
            })
    void shouldAcceptWhatTheSpecificationAllows(String body) {
        accepted(body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    {'messages':[{'role':'user','content':'x'}]}                                    | model                                   | missing_required_parameter
                    {'model':null,'messages':[{'role':'user','content':'x'}]}                       | model                                   | missing_required_parameter
                    {'model':'','messages':[{'role':'user','content':'x'}]}                         | model                                   | invalid_value
                    {'model':5,'messages':[{'role':'user','content':'x'}]}                          | model                                   | invalid_type
                    {'model':'m'}                                                                   | messages                                | missing_required_parameter
                    {'model':'m','messages':null}                                                   | messages                                | invalid_type
                    {'model':'m','messages':'x'}                                                    | messages                                | invalid_type
                    {'model':'m','messages':[]}                                                     | messages                                | empty_array
                    {'model':'m','messages':['x']}                                                  | messages[0]                             | invalid_type
                    {'model':'m','messages':[{'role':'user','content':'x'},{'content':'x'}]}        | messages[1].role                        | missing_required_parameter
                    {'model':'m','messages':[{'role':'user','content':'x'},{'role':'bot','content':'x'}]} | messages[1].role                  | invalid_value
                    {'model':'m','messages':[{'role':7,'content':'x'}]}                             | messages[0].role                        | invalid_type
                    {'model':'m','messages':[{'role':'user'}]}                                      | messages[0].content                     | missing_required_parameter
                    {'model':'m','messages':[{'role':'user','content':null}]}                       | messages[0].content                     | missing_required_parameter
                    {'model':'m','messages':[{'role':'user','content':7}]}                          | messages[0].content                     | invalid_type
                    {'model':'m','messages':[{'role':'user','content':['x']}]}                      | messages[0].content[0]                  | invalid_type
                    {'model':'m','messages':[{'role':'user','content':[{'text':'x'}]}]}             | messages[0].content[0].type             | missing_required_parameter
                    {'model':'m','messages':[{'role':'user','content':[{'type':'text','text':1}]}]} | messages[0].content[0].text             | invalid_type
                    {'model':'m','messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':1}}]}]} | messages[0].content[0].image_url.url | invalid_type
                    {'model':'m','messages':[{'role':'tool','content':'x'}]}                        | messages[0].tool_call_id                | missing_required_parameter
                    {'model':'m','messages':[{'role':'assistant','tool_calls':[{'function':{'arguments':{}}}]}]} | messages[0].tool_calls[0].function.arguments | invalid_type
                    {'model':'m','temperature':2.1,'messages':[{'role':'user','content':'x'}]}      | temperature                             | invalid_value
                    {'model':'m','temperature':'1','messages':[{'role':'user','content':'x'}]}      | temperature                             | invalid_type
                    {'model':'m','top_p':-0.1,'messages':[{'role':'user','content':'x'}]}           | top_p                                   | invalid_value
                    {'model':'m','n':0,'messages':[{'role':'user','content':'x'}]}                  | n                                       | invalid_value
                    {'model':'m','n':129,'messages':[{'role':'user','content':'x'}]}                | n                                       | invalid_value
                    {'model':'m','n':1.5,'messages':[{'role':'user','content':'x'}]}                | n                                       | invalid_type
                    {'model':'m','max_tokens':0,'messages':[{'role':'user','content':'x'}]}         | max_tokens                              | invalid_value
                    {'model':'m','max_completion_tokens':-1,'messages':[{'role':'user','content':'x'}]} | max_completion_tokens               | invalid_value
                    {'model':'m','max_tokens':99999999999999999999,'messages':[{'role':'user','content':'x'}]} | max_tokens                   | invalid_value
                    {'model':'m','presence_penalty':3,'messages':[{'role':'user','content':'x'}]}   | presence_penalty                        | invalid_value
                    {'model':'m','top_logprobs':21,'messages':[{'role':'user','content':'x'}]}      | top_logprobs                            | invalid_value
                    {'model':'m','stop':['a','b','c','d','e'],'messages':[{'role':'user','content':'x'}]} | stop[4]                           | array_too_long
                    {'model':'m','stop':5,'messages':[{'role':'user','content':'x'}]}               | stop                                    | invalid_type
                    {'model':'m','stream':'yes','messages':[{'role':'user','content':'x'}]}         | stream                                  | invalid_type
                    {'model':'m','stream_options':{},'messages':[{'role':'user','content':'x'}]}    | stream_options                          | invalid_value
                    {'model':'m','tools':{},'messages':[{'role':'user','content':'x'}]}             | tools                                   | invalid_type
                    {'model':'m','tools':[{'function':{'name':'f'}}],'messages':[{'role':'user','content':'x'}]} | tools[0].type              | missing_required_parameter
                    {'model':'m','tools':[{'type':'function','name':'f'}],'messages':[{'role':'user','content':'x'}]} | tools[0].function     | missing_required_parameter
                    {'model':'m','tools':[{'type':'function','function':{}}],'messages':[{'role':'user','content':'x'}]} | tools[0].function.name | missing_required_parameter
                    {'model':'m','tools':[{'type':'function','function':{'name':''}}],'messages':[{'role':'user','content':'x'}]} | tools[0].function.name | invalid_value
                    {'model':'m','tools':[{'type':'function','function':{'name':'f'}},{'type':'function','function':{'name':'f'}}],'messages':[{'role':'user','content':'x'}]} | tools[1].function.name | invalid_value
                    {'model':'m','tools':[{'type':'function','function':{'name':'f','parameters':'x'}}],'messages':[{'role':'user','content':'x'}]} | tools[0].function.parameters | invalid_type
                    {'model':'m','tool_choice':'maybe','messages':[{'role':'user','content':'x'}]}  | tool_choice                             | invalid_value
                    {'model':'m','response_format':{},'messages':[{'role':'user','content':'x'}]}   | response_format.type                    | missing_required_parameter
                    {'model':'m','response_format':{'type':'json_schema'},'messages':[{'role':'user','content':'x'}]} | response_format.json_schema | missing_required_parameter
                    {'model':'m','logprobs':1,'messages':[{'role':'user','content':'x'}]}           | logprobs                                | invalid_type
                    {'model':'m','model':'n','messages':[{'role':'user','content':'x'}]}            | model                                   | duplicate_field
                    {'model':'m','Model':'n','messages':[{'role':'user','content':'x'}]}            | Model                                   | duplicate_field
                    ['x']                                                                           | -                                       | invalid_json
                    {'model':'m','messages':[{'role':'user','content':'x'}]} {}                     | -                                       | invalid_json
                    {'model':'m','messages':[{'role':'user','content':'x'}                          | -                                       | invalid_json
                    {'model':'m',}                                                                  | -                                       | invalid_json
                    {'model':'m','n':01}                                                            | -                                       | invalid_json
                    """)
    void shouldRefuseAndSayWhere(String body, String param, String code) {
        var error = refused(body);

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.type()).isEqualTo("invalid_request_error");
        assertThat(error.param()).isEqualTo(param);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isNotBlank().startsWith(param == null ? "" : param + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32"})
    void shouldRefuseOtherEncodings(String encoding) throws UnsupportedEncodingException {
        var body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

        assertThat(new OpenAiChatInbound().inspect(body.getBytes(encoding))).isInstanceOf(Inspection.Refused.class);
        assertThat(new OpenAiChatInbound().inspect(("\uFEFF" + body).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Inspection.Refused.class);
    }

    @Test
    void shouldSayWhereJsonBreaks() {
        var error = refused("{'model':'m',\n  'messages':[oops]}");

        assertThat(error.message()).contains("line 2, column 1").doesNotContain("oops");
    }

    @Test
    void shouldNeverRepeatWhatABodyHolds() {
        var error = refused("{'model':'m','messages':[{'role':'my secret role','content':'my secret prompt'}]}");

        assertThat(error.message()).doesNotContain("secret");
    }

    @Test
    void shouldRefuseAnEmptyBody() {
        var inspection = new OpenAiChatInbound().inspect(new byte[0]);

        assertThat(inspection).isInstanceOf(Inspection.Refused.class);
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8() {
        var body = "{'model':'mX','messages':[{'role':'user','content':'x'}]}"
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        body[11] = (byte) 0xFF;

        assertThat(new OpenAiChatInbound().inspect(body)).isInstanceOf(Inspection.Refused.class);
    }

    @Test
    void shouldRefuseNestingWithoutEnd() {
        var error = refused("{'model':'m','x':" + "[".repeat(100_000));

        assertThat(error.code()).isEqualTo("invalid_json");
    }

    private static Inspected accepted(String body) {
        var inspection = new OpenAiChatInbound().inspect(bytes(body));
        assertThat(inspection).isInstanceOf(Inspection.Accepted.class);
        return ((Inspection.Accepted) inspection).request();
    }

    private static ClientError refused(String body) {
        var inspection = new OpenAiChatInbound().inspect(bytes(body));
        assertThat(inspection).isInstanceOf(Inspection.Refused.class);
        return ((Inspection.Refused) inspection).error();
    }

    private static byte[] bytes(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
