package dev.laneway.dialects.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class UsageTallyTest {
    private static final byte[] USAGE = """
            {"input_tokens":10,"cache_creation_input_tokens":50,"cache_read_input_tokens":7,
             "cache_creation":{"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":30},"output_tokens":4}
            """.getBytes(StandardCharsets.UTF_8);
    private static final TokenUsage MEANT = new TokenUsage(67, 4, 7, 50, 30, 0);

    @Test
    void shouldTellWhatIsKeptForAnHourFromATree() {
        UsageTally tally = new UsageTally();
        tally.add(Objects.requireNonNull(Json.tree(USAGE)));

        assertThat(tally.total()).isEqualTo(MEANT);
    }

    @Test
    void shouldTellWhatIsKeptForAnHourFromBytes() {
        UsageTally tally = new UsageTally();
        JsonCursor at = new JsonCursor();
        at.reset(USAGE, 0, USAGE.length);
        tally.add(at);

        assertThat(tally.total()).isEqualTo(MEANT);
    }

    @Test
    void shouldTellHowOftenTheVendorSearched() {
        byte[] usage = ("{\"input_tokens\":1,\"output_tokens\":2,\"speed\":\"fast\","
                        + "\"server_tool_use\":{\"web_search_requests\":3,\"web_fetch_requests\":1}}")
                .getBytes(StandardCharsets.UTF_8);
        UsageTally fromBytes = new UsageTally();
        UsageTally fromTree = new UsageTally();
        JsonCursor at = new JsonCursor();
        at.reset(usage, 0, usage.length);

        fromBytes.add(at);
        fromTree.add(Objects.requireNonNull(Json.tree(usage)));

        assertThat(fromBytes.total().extras())
                .isEqualTo(UsedExtras.of(Map.of(HostedTool.WEB_SEARCH, 3L), ServiceTier.PRIORITY))
                .isEqualTo(fromTree.total().extras());
    }

    @Test
    void shouldNotMindThatNothingIsSaidOfIt() {
        UsageTally tally = new UsageTally();
        tally.add(Objects.requireNonNull(Json.tree(
                "{\"input_tokens\":1,\"cache_creation\":null,\"output_tokens\":2}".getBytes(StandardCharsets.UTF_8))));

        assertThat(tally.total()).isEqualTo(TokenUsage.of(1, 2));
    }
}
