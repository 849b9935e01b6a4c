package dev.laneway.dialects.anthropic;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.limit;
import static dev.laneway.dialects.TestTargets.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.TestTargets;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.openai.OpenAiChatInbound;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chat Completions requests for Claude. */
class ToAnthropicTest {
    private static final String USER = "{'role':'user','content':'hi'}";

    @Test
    void shouldGatherInstructionsInFront() {
        var sent =
                messages("{'role':'system','content':'a'},{'role':'developer','content':[{'type':'text','text':'b'}]},"
                        + USER + ",{'role':'system','content':'c'}");

        assertThat(text(sent, "system"))
                .isEqualTo("[{'type':'text','text':'a'},{'type':'text','text':'b'},{'type':'text','text':'c'}]");
        assertThat(text(sent, "messages")).isEqualTo("[{'role':'user','content':[{'type':'text','text':'hi'}]}]");
        assertThat(notes("'messages':[" + USER + ",{'role':'system','content':'c'}]"))
                .containsExactly("approximated a system message after the first turn: moved to the front");
    }

    @Test
    void shouldSendOneInstructionAsText() {
        assertThat(text(messages("{'role':'system','content':'a'}," + USER), "system"))
                .isEqualTo("'a'");
    }

    @Test
    void shouldAskAsTheUserWhereThereIsOnlyAnInstruction() {
        var sent = messages("{'role':'system','content':'a'}");

        assertThat(sent.has("system")).isFalse();
        assertThat(text(sent, "messages")).isEqualTo("[{'role':'user','content':[{'type':'text','text':'a'}]}]");
    }

    @Test
    void shouldPutResultsAndWhatTheUserSaysNextIntoOneTurn() {
        var sent = messages(USER
                + ",{'role':'assistant','content':'','tool_calls':[{'id':'call_a.1','type':'function','function':{'name':'f','arguments':'{\\'x\\':1}'}},"
                + "{'id':'b','type':'function','function':{'name':'g','arguments':''}}]},"
                + "{'role':'tool','tool_call_id':'call_a.1','content':'one'},{'role':'tool','tool_call_id':'b','content':''},"
                + "{'role':'user','content':'more'},{'role':'user','content':'still'}");

        assertThat(text(sent, "messages"))
                .isEqualTo(
                        "[{'role':'user','content':[{'type':'text','text':'hi'}]},"
                                + "{'role':'assistant','content':[{'type':'tool_use','id':'call_a_1','name':'f','input':{'x':1}},"
                                + "{'type':'tool_use','id':'b','name':'g','input':{}}]},"
                                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'call_a_1','content':'one'},"
                                + "{'type':'tool_result','tool_use_id':'b'},{'type':'text','text':'more'},{'type':'text','text':'still'}]}]");
        assertThat(text(sent, "tools"))
                .isEqualTo(
                        "[{'name':'f','input_schema':{'type':'object'}},{'name':'g','input_schema':{'type':'object'}}]");
        assertThat(text(sent, "tool_choice")).isEqualTo("{'type':'none'}");
    }

    @Test
    void shouldKeepArgumentsThatAreNoObject() {
        var sent = messages(
                USER + ",{'role':'assistant','tool_calls':[{'id':'a','function':{'name':'f','arguments':'[1'}}]},"
                        + "{'role':'tool','tool_call_id':'a','content':'x'}");

        assertThat(text(sent.path("messages").path(1).path("content").path(0), "input"))
                .isEqualTo("{'arguments':'[1'}");
    }

    @Test
    void shouldCarryImagesAndDocuments() {
        var sent = messages(
                "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/jpeg;base64,QUJD'}},"
                        + "{'type':'image_url','image_url':{'url':'https://x.example/a.png'}},"
                        + "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,UERG'}},"
                        + "{'type':'file','file':{'filename':'a.txt','file_data':'data:text/plain;base64,aGk='}}]}");

        assertThat(text(sent.path("messages").path(0), "content"))
                .isEqualTo(
                        "[{'type':'image','source':{'type':'base64','media_type':'image/jpeg','data':'QUJD'}},"
                                + "{'type':'image','source':{'type':'url','url':'https://x.example/a.png'}},"
                                + "{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'UERG'},'title':'a.pdf'},"
                                + "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'hi'},'title':'a.txt'}]");
    }

    @Test
    void shouldCarryMarksSignedThoughtsAndRefusals() {
        var sent = messages(
                "{'role':'system','content':[{'type':'text','text':'s','cache_control':{'type':'ephemeral','ttl':'1h'}}]},"
                        + "{'role':'user','content':[{'type':'text','text':'u','prompt_cache_breakpoint':{'mode':'explicit'}}]},"
                        + "{'role':'assistant','content':'c','refusal':'r','reasoning_content':'t',"
                        + "'thinking_blocks':[{'type':'thinking','thinking':'t','signature':'sig'},{'type':'redacted_thinking','data':'d'}]},"
                        + "{'role':'user','content':'z','cache_control':{'type':'ephemeral'}}");

        assertThat(text(sent, "system"))
                .isEqualTo("[{'type':'text','text':'s','cache_control':{'type':'ephemeral','ttl':'1h'}}]");
        assertThat(text(sent, "messages"))
                .isEqualTo(
                        "[{'role':'user','content':[{'type':'text','text':'u','cache_control':{'type':'ephemeral'}}]},"
                                + "{'role':'assistant','content':[{'type':'thinking','thinking':'t','signature':'sig'},"
                                + "{'type':'redacted_thinking','data':'d'},{'type':'text','text':'c'},{'type':'text','text':'r'}]},"
                                + "{'role':'user','content':[{'type':'text','text':'z','cache_control':{'type':'ephemeral'}}]}]");
    }

    @Test
    void shouldLeaveAnUnsignedThoughtBehind() {
        var body = "'messages':[" + USER + ",{'role':'assistant','content':'c','reasoning_content':'t'}," + USER + "]";

        assertThat(sent(body).path("messages").path(1).path("content").size()).isEqualTo(1);
        assertThat(notes(body)).containsExactly("dropped thinking: it is not signed");
    }

    @Test
    void shouldBeginWithTheUserAndLeaveBlanksOut() {
        var sent = messages(
                "{'role':'assistant','content':'welcome'},{'role':'user','content':[{'type':'text','text':' '},{'type':'text','text':'hi'}]},"
                        + "{'role':'assistant','content':'so  '}");

        assertThat(text(sent, "messages"))
                .isEqualTo("[{'role':'user','content':[{'type':'text','text':'Hello.'}]},"
                        + "{'role':'assistant','content':[{'type':'text','text':'welcome'}]},"
                        + "{'role':'user','content':[{'type':'text','text':'hi'}]},"
                        + "{'role':'assistant','content':[{'type':'text','text':'so'}]}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    'auto'                                        |       | {'type':'auto'}
                    'none'                                        |       | {'type':'none'}
                    'required'                                    |       | {'type':'any'}
                    {'type':'function','function':{'name':'f'}}   |       | {'type':'tool','name':'f'}
                    'required'                                    | false | {'type':'any','disable_parallel_tool_use':true}
                    null                                          | false | {'type':'auto','disable_parallel_tool_use':true}
                    null                                          | true  | ``
                    {'type':'allowed_tools','allowed_tools':{'mode':'required','tools':[{'type':'function','function':{'name':'f'}}]}} | | {'type':'any'}
                    """)
    void shouldMapTheChoiceOfTools(String choice, Boolean parallel, String expected) {
        var sent = sent("'messages':[" + USER
                + "],'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}],"
                + "'tool_choice':" + choice + (parallel == null ? "" : ",'parallel_tool_calls':" + parallel));

        assertThat(text(sent, "tool_choice")).isEqualTo(expected);
    }

    @Test
    void shouldCarryStrictToolsWithAFittingSchema() {
        var sent = sent(
                "'messages':[" + USER
                        + "],'tools':[{'type':'function','function':{'name':'f','strict':true,'parameters':"
                        + "{'type':'object','properties':{'n':{'type':'integer','minimum':1}},'required':['n'],'additionalProperties':false}}}]");

        assertThat(text(sent, "tools"))
                .isEqualTo(
                        "[{'name':'f','input_schema':{'type':'object','properties':{'n':{'type':'integer'}},'required':['n'],"
                                + "'additionalProperties':false},'strict':true}]");
    }

    @Test
    void shouldHoldTheAnswerToASchema() {
        var sent = sent("'messages':[" + USER
                + "],'response_format':{'type':'json_schema','json_schema':{'name':'a','strict':true,"
                + "'schema':{'type':'object','properties':{'x':{'type':'array','minItems':2,'items':{'type':'object','properties':{}}},"
                + "'minimum':{'type':'string','maxLength':3,'enum':['minimum']}}}}}");

        assertThat(text(sent, "output_config"))
                .isEqualTo(
                        "{'format':{'type':'json_schema','schema':{'type':'object','properties':{'x':{'type':'array','minItems':1,"
                                + "'items':{'type':'object','properties':{},'additionalProperties':false}},"
                                + "'minimum':{'type':'string','enum':['minimum']}},'additionalProperties':false}}}");
    }

    @Test
    void shouldAskForJsonInWords() {
        var sent = sent("'messages':[" + USER + "],'response_format':{'type':'json_object'}");

        assertThat(sent.path("system").asText()).contains("one JSON object");
    }

    @ParameterizedTest
    @CsvSource({
        "claude-3-haiku-20240307, 4096",
        "claude-3-5-sonnet-latest, 8192",
        "claude-3-7-sonnet-20250219, 64000",
        "claude-opus-4-20250514, 32000",
        "claude-opus-4-1, 32000",
        "claude-sonnet-4-5-20250929, 64000",
        "claude-haiku-4-5, 64000",
        "claude-opus-4-5, 64000",
        "claude-opus-4-6, 128000",
        "claude-sonnet-5, 128000",
        "claude-fable-5-1, 128000",
        "claude-mythos-preview, 128000",
        "anthropic/claude-opus-5-5, 128000",
        "kimi-k3, 8192"
    })
    void shouldSetTheModelsOwnLimitWhereThereIsNone(String model, int expected) {
        var sent = sent("'messages':[" + USER + "]", model, Target.Policy.NONE);

        assertThat(sent.path("max_tokens").intValue()).isEqualTo(expected);
    }

    @Test
    void shouldRespectThePolicysLimit() {
        assertThat(sent("'messages':[" + USER + "]", "claude-opus-5", limit(50))
                        .path("max_tokens")
                        .intValue())
                .isEqualTo(50);
        assertThat(sent("'max_tokens':9,'messages':[" + USER + "]", "claude-opus-5", limit(50))
                        .path("max_tokens")
                        .intValue())
                .isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    claude-sonnet-4-5 | 'temperature':1.5              | 'temperature':1.0  | approximated temperature: as 1, the most that the vendor takes
                    claude-sonnet-4-5 | 'temperature':0.5,'top_p':0.9  | 'temperature':0.5  | dropped top_p: the model takes it or a temperature
                    claude-sonnet-4-5 | 'top_p':0.9                    | 'top_p':0.9        | ``
                    claude-opus-4-8   | 'temperature':0.5              | ``                 | dropped temperature: the model takes none
                    claude-sonnet-5   | 'temperature':1,'top_p':1      | ``                 | ``
                    claude-haiku-5-5  | 'top_k':3                      | ``                 | dropped top_k: the model takes none
                    claude-3-haiku    | 'temperature':0.5,'top_p':0.9  | 'temperature':0.5,'top_p':0.9 | ``
                    """)
    void shouldSendOnlyTheSamplingThatTheModelTakes(String model, String said, String sent, String note) {
        var body = said + ",'max_tokens':10,'messages':[" + USER + "]";

        assertThat(TestTargets.text(Json.bytes(sent(body, model, Target.Policy.NONE))))
                .endsWith("]" + (sent.isEmpty() ? "" : "," + sent) + "}");
        assertThat(notes(body, model)).isEqualTo(note.isEmpty() ? List.of() : List.of(note));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    claude-opus-5     | high    | {'type':'adaptive'}                         | {'effort':'high'}
                    claude-opus-4-8   | xhigh   | {'type':'adaptive'}                         | {'effort':'xhigh'}
                    claude-sonnet-4-6 | xhigh   | {'type':'adaptive'}                         | {'effort':'high'}
                    claude-opus-5     | minimal | {'type':'adaptive'}                         | {'effort':'low'}
                    claude-sonnet-4-5 | low     | {'type':'enabled','budget_tokens':2048}     | ``
                    claude-sonnet-4-5 | high    | {'type':'enabled','budget_tokens':16384}    | ``
                    claude-opus-4-5   | medium  | {'type':'enabled','budget_tokens':8192}     | {'effort':'medium'}
                    claude-3-5-haiku  | high    | ``                                          | ``
                    claude-sonnet-5   | none    | {'type':'disabled'}                         | ``
                    claude-sonnet-5-5 | none    | {'type':'between_tools'}                    | ``
                    claude-opus-5-5   | none    | ``                                          | {'effort':'low'}
                    claude-fable-5    | none    | ``                                          | {'effort':'low'}
                    claude-opus-4-8   | none    | ``                                          | ``
                    """)
    void shouldThinkAsMuchAsWasAskedFor(String model, String effort, String thinking, String config) {
        var sent = sent("'reasoning_effort':'" + effort + "','messages':[" + USER + "]", model, Target.Policy.NONE);

        assertThat(text(sent, "thinking")).isEqualTo(thinking);
        assertThat(text(sent, "output_config")).isEqualTo(config);
    }

    @Test
    void shouldNotThinkWhereItCant() {
        var noRoom = "'reasoning_effort':'high','max_tokens':1500,'messages':[" + USER + "]";
        var forced =
                "'reasoning_effort':'high','tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':'required','messages':["
                        + USER + "]";
        var unthought = "'reasoning_effort':'high','messages':[" + USER
                + ",{'role':'assistant','tool_calls':[{'id':'a','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'a','content':'x'}]";

        for (var body : new String[] {noRoom, forced, unthought}) {
            assertThat(sent(body, "claude-sonnet-4-5", Target.Policy.NONE).has("thinking"))
                    .isFalse();
            assertThat(notes(body, "claude-sonnet-4-5")).anyMatch(note -> note.startsWith("dropped reasoning"));
        }
    }

    @Test
    void shouldTakeLiteLlmsThinking() {
        var sent = sent(
                "'thinking':{'type':'enabled','budget_tokens':3000},'messages':[" + USER + "]",
                "claude-sonnet-4-5",
                Target.Policy.NONE);

        assertThat(text(sent, "thinking")).isEqualTo("{'type':'enabled','budget_tokens':3000}");
    }

    @Test
    void shouldSayWhatItDropped() {
        var notes = notes(
                "'seed':1,'logprobs':true,'logit_bias':{'1':2},'frequency_penalty':1,'presence_penalty':1,'verbosity':'low',"
                        + "'metadata':{'a':'b'},'service_tier':'flex','prompt_cache_key':'k','unheard_of':1,'messages':["
                        + USER + "]");

        assertThat(notes)
                .allMatch(note -> note.startsWith("dropped "))
                .extracting(note -> note.substring(8, note.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "seed",
                        "logprobs",
                        "logit_bias",
                        "frequency_penalty",
                        "presence_penalty",
                        "verbosity",
                        "metadata",
                        "service_tier",
                        "prompt_cache_key",
                        "unheard_of");
    }

    @Test
    void shouldCarryStopsAndUser() {
        var sent = sent("'stop':['a',' '],'user':'u','service_tier':'default','stream':true,'messages':[" + USER + "]");

        assertThat(text(sent, "stop_sequences")).isEqualTo("['a']");
        assertThat(text(sent, "metadata")).isEqualTo("{'user_id':'u'}");
        assertThat(text(sent, "service_tier")).isEqualTo("'standard_only'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'n':2,'messages':[{'role':'user','content':'x'}]",
                "'modalities':['text','audio'],'messages':[{'role':'user','content':'x'}]",
                "'messages':[{'role':'user','content':[{'type':'input_audio','input_audio':{'data':'x','format':'wav'}}]}]",
                "'messages':[{'role':'user','content':[{'type':'file','file':{'file_id':'f'}}]}]",
                "'messages':[{'role':'user','content':[{'type':'video_url','video_url':{}}]}]",
                "'messages':[{'role':'user','content':''}]",
                "'tools':[{'type':'custom','custom':{'name':'c'}}],'messages':[{'role':'user','content':'x'}]"
            })
    void shouldRefuseWhatWouldChangeItsMeaning(String body) {
        var plan = plan(body, "claude-opus-5", Target.Policy.NONE);

        assertThat(plan).isInstanceOfSatisfying(UpstreamPlan.Refused.class, refused -> {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.REJECTED);
            assertThat(refused.failure().message()).isNotBlank();
        });
    }

    @Test
    void shouldRefuseToForceAToolOnAModelThatCantBeForced() {
        var body = "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':'required','messages':[" + USER
                + "]";

        assertThat(plan(body, "claude-opus-5-5", Target.Policy.NONE)).isInstanceOf(UpstreamPlan.Refused.class);
        assertThat(plan(body, "claude-opus-5", Target.Policy.NONE)).isInstanceOf(UpstreamPlan.Call.class);
    }

    private static JsonNode messages(String messages) {
        return sent("'messages':[" + messages + "]");
    }

    private static JsonNode sent(String fields) {
        return sent(fields, "claude-opus-4-6", Target.Policy.NONE);
    }

    private static JsonNode sent(String fields, String model, Target.Policy policy) {
        return Json.tree(TestTargets.call(plan(fields, model, policy)).body());
    }

    private static List<String> notes(String fields) {
        return notes(fields, "claude-opus-4-6");
    }

    private static List<String> notes(String fields, String model) {
        return TestTargets.call(plan(fields, model, Target.Policy.NONE)).notes();
    }

    private static UpstreamPlan plan(String fields, String model, Target.Policy policy) {
        var parsed = (Parsed.Request) new OpenAiChatInbound().parse(bytes("{'model':'r'," + fields + "}"));
        return new AnthropicMessagesOutbound().call(parsed.request(), of("anthropic", model, false, policy));
    }

    private static String text(JsonNode node, String field) {
        return node.has(field) ? TestTargets.text(Json.bytes(node.path(field))) : "";
    }
}
