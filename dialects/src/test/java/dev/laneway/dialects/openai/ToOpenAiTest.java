package dev.laneway.dialects.openai;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.limit;
import static dev.laneway.dialects.TestTargets.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.TestTargets;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.anthropic.AnthropicMessagesInbound;
import dev.laneway.dialects.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages requests for vendors of Chat Completions. */
class ToOpenAiTest {
    private static final String USER = "{'role':'user','content':'hi'}";

    @Test
    void shouldPutTheSystemInFrontAndKeepOneInTheMiddle() {
        var sent = sent("'system':[{'type':'text','text':'a'},{'type':'text','text':'b'}],'messages':[" + USER
                + ",{'role':'system','content':'c'}]");

        assertThat(text(sent, "messages"))
                .isEqualTo(
                        "[{'role':'system','content':'a\\n\\nb'},{'role':'user','content':'hi'},{'role':'system','content':'c'}]");
    }

    @Test
    void shouldPutResultsRightAfterTheirCallsAndImagesAfterThem() {
        var sent = sent("'messages':[" + USER + ",{'role':'assistant','content':[{'type':'text','text':'t'},"
                + "{'type':'tool_use','id':'a','name':'f','input':{'x':1}},{'type':'tool_use','id':'b','name':'g','input':{}}]},"
                + "{'role':'user','content':[{'type':'text','text':'first'},"
                + "{'type':'tool_result','tool_use_id':'a','content':[{'type':'text','text':'one'},"
                + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'QQ=='}}]},"
                + "{'type':'tool_result','tool_use_id':'b','is_error':true,'content':'no'}]}]");

        assertThat(text(sent, "messages"))
                .isEqualTo("[{'role':'user','content':'hi'},"
                        + "{'role':'assistant','content':'t','tool_calls':["
                        + "{'id':'a','type':'function','function':{'name':'f','arguments':'{\\'x\\':1}'}},"
                        + "{'id':'b','type':'function','function':{'name':'g','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'a','content':'one'},"
                        + "{'role':'tool','tool_call_id':'b','content':'Error:\\n\\nno'},"
                        + "{'role':'user','content':[{'type':'text','text':'Files of the tool result a:'},"
                        + "{'type':'image_url','image_url':{'url':'data:image/png;base64,QQ=='}}]},"
                        + "{'role':'user','content':'first'}]");
    }

    @Test
    void shouldCarryImagesAndDocuments() {
        var sent = sent(
                "'messages':[{'role':'user','content':[{'type':'image','source':{'type':'url','url':'https://x.example/a'}},"
                        + "{'type':'document','title':'t','source':{'type':'base64','media_type':'application/pdf','data':'UERG'}},"
                        + "{'type':'document','title':'t','source':{'type':'text','media_type':'text/plain','data':'words'}}]}]");

        assertThat(text(sent.path("messages").path(0), "content"))
                .isEqualTo("[{'type':'image_url','image_url':{'url':'https://x.example/a'}},"
                        + "{'type':'file','file':{'filename':'t','file_data':'data:application/pdf;base64,UERG'}},"
                        + "{'type':'text','text':'t\\n\\nwords'}]");
    }

    @Test
    void shouldCarryMarksToVendorsThatReadThem() {
        var body =
                "'messages':[{'role':'user','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'1h'}},{'type':'text','text':'b'}]}]";

        assertThat(text(
                        sent(body, "openai", "gpt-5.6-mini", Target.Policy.NONE)
                                .path("messages")
                                .path(0),
                        "content"))
                .isEqualTo(
                        "[{'type':'text','text':'a','prompt_cache_breakpoint':{'mode':'explicit'}},{'type':'text','text':'b'}]");
        assertThat(text(
                        sent(body, "openrouter", "m", Target.Policy.NONE)
                                .path("messages")
                                .path(0),
                        "content"))
                .isEqualTo(
                        "[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'1h'}},{'type':'text','text':'b'}]");
        assertThat(text(
                        sent(body, "groq", "m", Target.Policy.NONE)
                                .path("messages")
                                .path(0),
                        "content"))
                .isEqualTo("'a\\n\\nb'");
        assertThat(text(
                        sent(body, "openai", "gpt-5.5", Target.Policy.NONE)
                                .path("messages")
                                .path(0),
                        "content"))
                .isEqualTo("'a\\n\\nb'");
        assertThat(notes(body, "groq", "m")).containsExactly("dropped cache_control: the vendor reads no marks");
    }

    @Test
    void shouldGiveReasoningBackToVendorsThatWantIt() {
        var body = "'messages':[" + USER
                + ",{'role':'assistant','content':[{'type':'thinking','thinking':'t','signature':'s'},{'type':'text','text':'x'}]},"
                + USER + "]";

        assertThat(text(sent(body, "deepseek", "m", Target.Policy.NONE).path("messages"), 1))
                .isEqualTo("{'role':'assistant','content':'x','reasoning_content':'t'}");
        assertThat(text(sent(body).path("messages"), 1)).isEqualTo("{'role':'assistant','content':'x'}");
        assertThat(notes(body, "openai", "gpt-4o"))
                .containsExactly("dropped thinking: the vendor takes no reasoning back");
    }

    @Test
    void shouldCarryToolsAndSayWhatTheyLose() {
        var body =
                "'tools':[{'name':'f','description':'d','input_schema':{'$schema':'x','type':'object','additionalProperties':false},'strict':true,'defer_loading':true,"
                        + "'cache_control':{'type':'ephemeral'}},{'type':'web_search_20260318','name':'web_search'}],'messages':["
                        + USER + "]";

        assertThat(text(sent(body), "tools"))
                .isEqualTo(
                        "[{'type':'function','function':{'name':'f','description':'d','parameters':{'$schema':'x','type':'object','additionalProperties':false},'strict':true}}]");
        assertThat(notes(body, "openai", "gpt-4o"))
                .containsExactlyInAnyOrder(
                        "dropped tools.defer_loading: Chat Completions has no such field",
                        "dropped tools.cache_control: Chat Completions has no such field",
                        "dropped tool web_search_20260318: another vendor runs it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'type':'auto'}                                     | 'auto'     | ``
                    {'type':'any','disable_parallel_tool_use':true}     | 'required' | false
                    {'type':'tool','name':'f'}                          | {'type':'function','function':{'name':'f'}} | ``
                    {'type':'none'}                                     | 'none'     | ``
                    """)
    void shouldMapTheChoiceOfTools(String choice, String expected, String parallel) {
        var sent =
                sent("'tools':[{'name':'f','input_schema':{}}],'tool_choice':" + choice + ",'messages':[" + USER + "]");

        assertThat(text(sent, "tool_choice")).isEqualTo(expected);
        assertThat(text(sent, "parallel_tool_calls")).isEqualTo(parallel);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    openai     | gpt-5.6      | 'thinking':{'type':'enabled','budget_tokens':2000}                    | 'low'
                    openai     | gpt-5.6      | 'thinking':{'type':'enabled','budget_tokens':10000}                   | 'medium'
                    openai     | o4-mini      | 'thinking':{'type':'enabled','budget_tokens':31999}                   | 'high'
                    openai     | gpt-5.6      | 'thinking':{'type':'adaptive'},'output_config':{'effort':'max'}       | 'max'
                    openai     | gpt-5.6      | 'thinking':{'type':'disabled'}                                        | ``
                    openai     | gpt-4o       | 'thinking':{'type':'enabled','budget_tokens':2000}                    | ``
                    openai     | gpt-5-chat-latest | 'thinking':{'type':'enabled','budget_tokens':2000}               | ``
                    openrouter | anything     | 'thinking':{'type':'enabled','budget_tokens':2000}                    | 'low'
                    lm_studio  | qwen3        | 'thinking':{'type':'enabled','budget_tokens':2000}                    | ``
                    """)
    void shouldAskForEffortWhereItIsTaken(String provider, String model, String reasoning, String effort) {
        var sent = sent(reasoning + ",'messages':[" + USER + "]", provider, model, Target.Policy.NONE);

        assertThat(text(sent, "reasoning_effort")).isEqualTo(effort);
    }

    @Test
    void shouldNotSendATemperatureToAModelThatReasons() {
        var body = "'temperature':0.3,'messages':[" + USER + "]";

        assertThat(sent(body, "openai", "gpt-5.6", Target.Policy.NONE).has("temperature"))
                .isFalse();
        assertThat(notes(body, "openai", "gpt-5.6")).containsExactly("dropped temperature: the model takes none");
        assertThat(sent(body, "openai", "gpt-4o", Target.Policy.NONE)
                        .path("temperature")
                        .doubleValue())
                .isEqualTo(0.3);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, max_completion_tokens",
        "lm_studio, max_tokens",
        "custom_openai, max_tokens",
        "xai, max_completion_tokens"
    })
    void shouldNameTheLimitAsTheVendorDoes(String provider, String field) {
        assertThat(sent("'messages':[" + USER + "]", provider, "m", Target.Policy.NONE)
                        .path(field)
                        .intValue())
                .isEqualTo(100);
        assertThat(sent("'messages':[" + USER + "]", provider, "m", limit(60))
                        .path(field)
                        .intValue())
                .isEqualTo(60);
    }

    @Test
    void shouldHoldTheAnswerToASchemaStrictlyWhereItFits() {
        var closed =
                "{'type':'object','properties':{'x':{'type':'string'}},'required':['x'],'additionalProperties':false}";
        var open = "{'type':'object','properties':{'x':{'type':'string'}},'additionalProperties':false}";

        assertThat(text(
                        sent("'output_config':{'format':{'type':'json_schema','schema':" + closed + "}},'messages':["
                                + USER + "]"),
                        "response_format"))
                .isEqualTo(
                        "{'type':'json_schema','json_schema':{'name':'answer','schema':" + closed + ",'strict':true}}");
        assertThat(text(
                        sent("'output_format':{'type':'json_schema','schema':" + open + "},'messages':[" + USER + "]"),
                        "response_format"))
                .isEqualTo(
                        "{'type':'json_schema','json_schema':{'name':'answer','schema':" + open + ",'strict':false}}");
    }

    @Test
    void shouldShortenALongUser() {
        var user = "user_" + "a".repeat(100);

        var sent = sent("'metadata':{'user_id':'" + user + "'},'messages':[" + USER + "]");

        assertThat(sent.path("user").asText()).hasSize(64).isNotEqualTo(user.substring(0, 64));
        assertThat(sent("'metadata':{'user_id':'u'},'messages':[" + USER + "]")
                        .path("user")
                        .asText())
                .isEqualTo("u");
    }

    @Test
    void shouldAskForTheUsageOfAStream() {
        var parsed = (Parsed.Request) new AnthropicMessagesInbound()
                .parse(bytes("{'model':'r','max_tokens':1,'stream':true,'messages':[" + USER + "]}"));

        var call = TestTargets.call(new OpenAiChatOutbound().call(parsed.request(), of("openai", "m", true)));

        assertThat(TestTargets.text(call.body())).endsWith("'stream':true,'stream_options':{'include_usage':true}}");
    }

    @Test
    void shouldSayWhatItDropped() {
        var notes = notes("'top_k':4,'context_management':{},'container':'c','messages':[" + USER + "]", "openai", "m");

        assertThat(notes)
                .containsExactlyInAnyOrder(
                        "dropped top_k: Chat Completions has no such field",
                        "dropped context_management: Chat Completions has no such field",
                        "dropped container: Chat Completions has no such field");
    }

    @Test
    void shouldDropWhatHostedToolsLeftInTheHistory() {
        var body = "'messages':[" + USER
                + ",{'role':'assistant','content':[{'type':'server_tool_use','id':'s','name':'web_search','input':{}},{'type':'text','text':'x'}]},"
                + USER + "]";

        assertThat(text(sent(body).path("messages"), 1)).isEqualTo("{'role':'assistant','content':'x'}");
    }

    @Test
    void shouldLeaveAHostedToolOutWhereAnotherIsNamed() {
        var sent =
                sent("'tools':[{'type':'bash_20250124','name':'bash'},{'name':'f','input_schema':{'type':'object'}}],"
                        + "'tool_choice':{'type':'tool','name':'f'},'messages':[" + USER + "]");

        assertThat(text(sent, "tools"))
                .isEqualTo("[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}]");
        assertThat(text(sent, "tool_choice")).isEqualTo("{'type':'function','function':{'name':'f'}}");
    }

    @Test
    void shouldLeaveOutATurnOfWhichNothingIsLeft() {
        var sent = sent("'messages':[" + USER
                + ",{'role':'assistant','content':[{'type':'thinking','thinking':'t','signature':'s'}]}," + USER + "]");

        assertThat(text(sent, "messages")).isEqualTo("[{'role':'user','content':'hi'},{'role':'user','content':'hi'}]");
    }

    @Test
    void shouldPutDocumentsOfAResultAfterIt() {
        var sent = sent(
                "'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':[{'type':'text','text':'read'},"
                        + "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'words'}},"
                        + "{'type':'document','title':'t','source':{'type':'base64','media_type':'application/pdf','data':'UERG'}}]}]}]");

        assertThat(text(sent, "messages"))
                .isEqualTo("[{'role':'tool','tool_call_id':'a','content':'read\\n\\nwords'},"
                        + "{'role':'user','content':[{'type':'text','text':'Files of the tool result a:'},"
                        + "{'type':'file','file':{'filename':'t','file_data':'data:application/pdf;base64,UERG'}}]}]");
    }

    @Test
    void shouldBeStrictOnlyWhereTheSchemaIsAsStrict() {
        var tools = "'messages':[" + USER + "],'tools':[{'name':'f','strict':true,'input_schema':"
                + "{'type':'object','additionalProperties':false,'properties':{'a':{'type':'string'}}%s}}]";

        assertThat(text(sent(tools.formatted(",'required':['a']")), "tools")).contains("'strict':true");
        assertThat(text(sent(tools.formatted("")), "tools")).doesNotContain("strict");
    }

    @Test
    void shouldShortenIdsOfCallsForAVendorThatWantsThem() {
        var sent = sent(
                "'messages':[" + USER
                        + ",{'role':'assistant','content':[{'type':'tool_use','id':'toolu_01','name':'f','input':{}},"
                        + "{'type':'tool_use','id':'abcDEF123','name':'f','input':{}}]},{'role':'user','content':["
                        + "{'type':'tool_result','tool_use_id':'toolu_01','content':'r'},{'type':'tool_result','tool_use_id':'abcDEF123','content':'r'}]}]",
                "mistral",
                "m",
                Target.Policy.NONE);

        var messages = sent.path("messages");
        var first = messages.path(1).path("tool_calls").path(0).path("id").asText();
        assertThat(first)
                .matches("[a-zA-Z0-9]{9}")
                .isEqualTo(messages.path(2).path("tool_call_id").asText());
        assertThat(messages.path(3).path("tool_call_id").asText()).isEqualTo("abcDEF123");
    }

    @Test
    void shouldTellOfSearchResultsAndToolReferencesInWords() {
        var sent = sent(
                "'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':[{'type':'tool_reference','tool_name':'f'}]},"
                        + "{'type':'search_result','title':'T','source':'S','content':[{'type':'text','text':'C'}]}]}]");

        assertThat(text(sent, "messages"))
                .isEqualTo(
                        "[{'role':'tool','tool_call_id':'a','content':'Tool found: f'},{'role':'user','content':'T\\nS\\n\\nC'}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'messages':[{'role':'user','content':[{'type':'document','source':{'type':'url','url':'https://x'}}]}]",
                "'messages':[{'role':'user','content':[{'type':'document','source':{'type':'file','file_id':'f'}}]}]",
                "'messages':[{'role':'user','content':[{'type':'image','source':{'type':'file','file_id':'f'}}]}]",
                "'messages':[{'role':'user','content':[{'type':'container_upload','file_id':'f'}]}]",
                "'stop_sequences':['a','b','c','d','e'],'messages':[{'role':'user','content':'x'}]",
                "'tools':[{'type':'web_search_20260318','name':'web_search'}],'messages':[{'role':'user','content':'x'}]",
                "'tools':[{'type':'web_search_20260318','name':'web_search'},{'type':'bash_20250124','name':'bash'}],'messages':[{'role':'user','content':'x'}]",
                "'tools':[{'type':'bash_20250124','name':'bash'},{'name':'f','input_schema':{}}],'tool_choice':{'type':'tool','name':'bash'},'messages':[{'role':'user','content':'x'}]"
            })
    void shouldRefuseWhatWouldChangeItsMeaning(String body) {
        assertThat(plan(body, "openai", "gpt-4o", Target.Policy.NONE)).isInstanceOf(UpstreamPlan.Refused.class);
    }

    private static JsonNode sent(String fields) {
        return sent(fields, "openai", "gpt-4o", Target.Policy.NONE);
    }

    private static JsonNode sent(String fields, String provider, String model, Target.Policy policy) {
        return Json.tree(TestTargets.call(plan(fields, provider, model, policy)).body());
    }

    private static List<String> notes(String fields, String provider, String model) {
        return TestTargets.call(plan(fields, provider, model, Target.Policy.NONE))
                .notes();
    }

    private static UpstreamPlan plan(String fields, String provider, String model, Target.Policy policy) {
        var parsed = (Parsed.Request)
                new AnthropicMessagesInbound().parse(bytes("{'model':'r','max_tokens':100," + fields + "}"));
        return new OpenAiChatOutbound().call(parsed.request(), of(provider, model, false, policy));
    }

    private static String text(JsonNode node, String field) {
        return node.has(field) ? TestTargets.text(Json.bytes(node.path(field))) : "";
    }

    private static String text(JsonNode node, int index) {
        return TestTargets.text(Json.bytes(node.path(index)));
    }
}
