package dev.laneway.dialects.responses;

import static dev.laneway.dialects.TestTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Feature;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesInspectionTest {
    private static Inspected accepted(String body) {
        return ((Inspection.Accepted) new ResponsesInbound().inspect(bytes(body))).request();
    }

    @Test
    void shouldExtractWhatPlanningNeeds() {
        var request = accepted("""
                {'model':'m','stream':true,'max_output_tokens':50,'user':'u','store':false,'client_metadata':{'x':1},'reasoning':{'effort':'low'},
                'text':{'format':{'type':'json_schema','name':'a','schema':{}}},'tools':[{'type':'web_search'}],'include':['reasoning.encrypted_content'],
                'input':[{'role':'user','content':[{'type':'input_text','text':'x'},{'type':'input_image','image_url':'data:image/png;base64,AA'},
                {'type':'input_file','file_data':'AA','filename':'a.pdf'}]},{'type':'brand_new','x':[1]}]}""");

        assertThat(request.model()).isEqualTo("m");
        assertThat(request.stream()).isTrue();
        assertThat(request.includeUsage()).isTrue();
        assertThat(request.maxTokens()).isEqualTo(50);
        assertThat(request.messageCount()).isEqualTo(2);
        assertThat(request.user()).isEqualTo("u");
        assertThat(request.features())
                .containsExactlyInAnyOrder(
                        Feature.TOOLS, Feature.VISION, Feature.DOCUMENTS, Feature.JSON_SCHEMA, Feature.REASONING);
        assertThat(request.estimatedInputTokens()).isGreaterThan(2_000);
    }

    @Test
    void shouldTakeATextForItsInput() {
        assertThat(accepted("{'model':'m','input':'hi','instructions':null}").messageCount())
                .isEqualTo(1);
    }

    @Test
    void shouldNeedNoInputToGoOn() {
        assertThat(accepted("{'model':'m','previous_response_id':'resp_1'}").messageCount())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'input':'x'} | model | missing_required_parameter",
                "{'model':'m'} | input | missing_required_parameter",
                "{'model':'m','input':[]} | input | empty_array",
                "{'model':'m','input':7} | input | invalid_type",
                "{'model':'m','input':[{'role':'robot','content':'x'}]} | input[0].role | invalid_value",
                "{'model':'m','input':[{'type':'message','role':'user'}]} | input[0].content | missing_required_parameter",
                "{'model':'m','input':[{'type':'function_call','name':'f','arguments':'{}'}]} | input[0].call_id | missing_required_parameter",
                "{'model':'m','input':[{'type':'function_call_output','call_id':'c'}]} | input[0].output | missing_required_parameter",
                "{'model':'m','input':[{'type':'item_reference'}]} | input[0].id | missing_required_parameter",
                "{'model':'m','input':'x','temperature':3} | temperature | invalid_value",
                "{'model':'m','input':'x','background':true} | background | unsupported_parameter",
                "{'model':'m','input':'x','conversation':'conv_1'} | conversation | unsupported_parameter",
                "{'model':'m','input':'x','prompt':{'id':'p'}} | prompt | unsupported_parameter",
                "{'model':'m','input':'x','tools':[{'type':'function'}]} | tools[0].name | missing_required_parameter",
                "{'model':'m','input':'x','tools':[{'type':'custom','name':'f'},{'type':'function','name':'f'}]} | tools[1].name | invalid_value",
                "{'model':'m','input':'x','tool_choice':'perhaps'} | tool_choice | invalid_value",
                "{'model':'m','input':'x','text':{'format':{'type':'json_schema'}}} | text.format.schema | missing_required_parameter",
                "{'model':'m','model':'n','input':'x'} | model | duplicate_field"
            })
    void shouldRefuseWithThePathOfTheFault(String body, String param, String code) {
        var refused = (Inspection.Refused) new ResponsesInbound().inspect(bytes(body));

        assertThat(refused.error().status()).isEqualTo(400);
        assertThat(refused.error().param()).isEqualTo(param);
        assertThat(refused.error().code()).isEqualTo(code);
    }

    @Test
    void shouldNotRefuseWorkThatIsNotInTheBackground() {
        assertThat(accepted("{'model':'m','input':'x','background':false,'conversation':null}"))
                .isNotNull();
    }
}
