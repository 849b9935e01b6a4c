package dev.laneway.dialects.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Feature;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicMessagesInspectionTest {
    @Test
    void shouldExtractWhatPlanningNeeds() {
        var seen = accepted("""
                {'max_tokens':900,'system':[{'type':'text','text':'a','cache_control':{'type':'ephemeral'}}],
                'messages':[{'content':[{'source':{'data':'%s','type':'base64','media_type':'image/png'},'type':'image'},
                {'type':'tool_result','tool_use_id':'t','content':[{'type':'document','source':{'type':'url','url':'http://x'}}]}],'role':'user'},
                {'role':'assistant','content':[{'type':'thinking','thinking':'x','signature':'s'},{'type':'brand_new'}]},
                {'role':'system','content':'be brief'}],
                'tools':[{'name':'f','input_schema':{'type':'object'},'defer_loading':true},{'type':'web_search_20260318','name':'web_search'}],
                'thinking':{'type':'enabled','budget_tokens':2048,'display':'omitted'},'context_management':{'edits':[]},
                'output_config':{'effort':'high','format':{'type':'json_schema','schema':{}}},
                'metadata':{'user_id':'u1'},'stream':true,'model':'claude'}""".formatted("A".repeat(8_000)));

        assertThat(seen.model()).isEqualTo("claude");
        assertThat(seen.stream()).isTrue();
        assertThat(seen.includeUsage()).isTrue();
        assertThat(seen.maxTokens()).isEqualTo(900);
        assertThat(seen.messageCount()).isEqualTo(3);
        assertThat(seen.user()).isEqualTo("u1");
        assertThat(seen.features())
                .containsExactlyInAnyOrder(
                        Feature.TOOLS, Feature.VISION, Feature.DOCUMENTS, Feature.JSON_SCHEMA, Feature.REASONING);
        assertThat(seen.estimatedInputTokens()).isBetween(2_100L, 2_400L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'m','max_tokens':0,'messages':[{'role':'user','content':'x'}]}",
                "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':'x'},{'role':'user','content':[]}]}",
                "{'model':'m','max_tokens':1,'thinking':{'type':'between_tools'},'tool_choice':{'type':'any'},'messages':[{'role':'user','content':'x'}]}",
                "{'model':'m','max_tokens':1,'thinking':{'type':'disabled'},'temperature':1,'top_k':5,'stop_sequences':[],'messages':[{'role':'user','content':'x'}]}"
            })
    void shouldAcceptWhatTheApiAllows(String body) {
        accepted(body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    {'max_tokens':1,'messages':[{'role':'user','content':'x'}]}                                    | model
                    {'model':'m','messages':[{'role':'user','content':'x'}]}                                       | max_tokens
                    {'model':'m','max_tokens':-1,'messages':[{'role':'user','content':'x'}]}                       | max_tokens
                    {'model':'m','max_tokens':'1','messages':[{'role':'user','content':'x'}]}                      | max_tokens
                    {'model':'m','max_tokens':1}                                                                   | messages
                    {'model':'m','max_tokens':1,'messages':[]}                                                     | messages
                    {'model':'m','max_tokens':1,'messages':[{'role':'tool','content':'x'}]}                        | messages[0].role
                    {'model':'m','max_tokens':1,'messages':[{'content':'x'}]}                                      | messages[0].role
                    {'model':'m','max_tokens':1,'messages':[{'role':'user'}]}                                      | messages[0].content
                    {'model':'m','max_tokens':1,'messages':[{'role':'user','content':null}]}                       | messages[0].content
                    {'model':'m','max_tokens':1,'messages':[{'role':'user','content':[{'text':'x'}]}]}             | messages[0].content[0].type
                    {'model':'m','max_tokens':1,'messages':[{'role':'user','content':[{'type':'text','text':7}]}]} | messages[0].content[0].text
                    {'model':'m','max_tokens':1,'messages':[{'role':'user','content':[{'type':'tool_result','content':[{'type':'text','text':7}]}]}]} | messages[0].content[0].content[0].text
                    {'model':'m','max_tokens':1,'system':7,'messages':[{'role':'user','content':'x'}]}             | system
                    {'model':'m','max_tokens':1,'temperature':1.1,'messages':[{'role':'user','content':'x'}]}      | temperature
                    {'model':'m','max_tokens':1,'top_k':-1,'messages':[{'role':'user','content':'x'}]}             | top_k
                    {'model':'m','max_tokens':1,'stop_sequences':[1],'messages':[{'role':'user','content':'x'}]}   | stop_sequences[0]
                    {'model':'m','max_tokens':1,'thinking':{'type':'enabled'},'messages':[{'role':'user','content':'x'}]} | thinking.budget_tokens
                    {'model':'m','max_tokens':1,'thinking':{'type':'enabled','budget_tokens':5},'messages':[{'role':'user','content':'x'}]} | thinking.budget_tokens
                    {'model':'m','max_tokens':1,'tool_choice':{},'messages':[{'role':'user','content':'x'}]}       | tool_choice.type
                    {'model':'m','max_tokens':1,'tools':[{'input_schema':{}}],'messages':[{'role':'user','content':'x'}]} | tools[0].name
                    {'model':'m','max_tokens':1,'tools':[{'name':'f'}],'messages':[{'role':'user','content':'x'}]} | tools[0].input_schema
                    {'model':'m','max_tokens':1,'tools':[{'name':'f','input_schema':{}},{'name':'f','input_schema':{}}],'messages':[{'role':'user','content':'x'}]} | tools[1].name
                    {'model':'m','max_tokens':1,'max_tokens':2,'messages':[{'role':'user','content':'x'}]}         | max_tokens
                    nonsense                                                                                       | -
                    """)
    void shouldRefuseAndSayWhere(String body, String param) {
        var error = refused(body);

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.param()).isEqualTo(param);
    }

    private static Inspected accepted(String body) {
        var inspection = new AnthropicMessagesInbound().inspect(bytes(body));
        assertThat(inspection).isInstanceOf(Inspection.Accepted.class);
        return ((Inspection.Accepted) inspection).request();
    }

    private static ClientError refused(String body) {
        var inspection = new AnthropicMessagesInbound().inspect(bytes(body));
        assertThat(inspection).isInstanceOf(Inspection.Refused.class);
        return ((Inspection.Refused) inspection).error();
    }

    private static byte[] bytes(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
