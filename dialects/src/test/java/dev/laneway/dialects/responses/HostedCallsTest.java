package dev.laneway.dialects.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.TextTally;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HostedCallsTest {
    private static final RenderContext CONTEXT = new RenderContext("r1", "m", 1, false, true);
    private static final String OUTPUT = "'output':[{'type':'web_search_call','action':{'type':'search','query':'q'}},"
            + "{'type':'web_search_call','action':{'type':'open_page','url':'u'}},{'type':'file_search_call'},"
            + "{'type':'code_interpreter_call','container_id':'c1'},{'type':'code_interpreter_call','container_id':'c1'},"
            + "{'type':'message','content':[{'type':'output_text','text':'hi'}]}]";
    private static final String USAGE = ",'usage':{'input_tokens':5,'output_tokens':3}";

    @Test
    void shouldCountWhatTheVendorDidItself() {
        UsedExtras used = used("{'status':'completed'," + OUTPUT + USAGE + ",'service_tier':'flex'}");

        assertThat(used)
                .isEqualTo(UsedExtras.of(
                        Map.of(HostedTool.WEB_SEARCH, 1L, HostedTool.FILE_SEARCH, 1L, HostedTool.CODE, 1L),
                        ServiceTier.FLEX));
    }

    @Test
    void shouldBelieveAVendorThatCountsItself() {
        String usage = ",'usage':{'input_tokens':5,'output_tokens':3,'server_side_tool_usage_details':"
                + "{'web_search_calls':2,'x_search_calls':3,'code_interpreter_calls':4,'mcp_calls':1}}";

        assertThat(used("{'status':'completed'," + OUTPUT + usage + "}").uses())
                .isEqualTo(Map.of(HostedTool.WEB_SEARCH, 5L, HostedTool.CODE, 4L));
    }

    @Test
    void shouldTellTheOlderSearch() {
        UsedExtras used = used("{'status':'completed'," + OUTPUT + USAGE + ",'tools':[{'type':'web_search_preview'}]}");

        assertThat(used.uses())
                .containsEntry(HostedTool.WEB_SEARCH_PREVIEW, 1L)
                .doesNotContainKey(HostedTool.WEB_SEARCH);
    }

    private static UsedExtras used(String json) {
        byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ResponseScan scan = new ResponseScan(body, CONTEXT, Echo.NOTHING, new TextTally()).whole();
        return Objects.requireNonNull(scan.usage).extras();
    }
}
