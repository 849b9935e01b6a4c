package dev.laneway.dialects.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.dialects.answers.TextTally;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class UsageTest {
    private static final String USAGE = "{'promptTokenCount':50,'candidatesTokenCount':30,'cachedContentTokenCount':8,"
            + "'promptTokensDetails':[{'modality':'TEXT','tokenCount':20},{'modality':'AUDIO','tokenCount':30}],"
            + "'cacheTokensDetails':[{'modality':'AUDIO','tokenCount':6}],"
            + "'candidatesTokensDetails':[{'modality':'IMAGE','tokenCount':25}],'trafficType':'ON_DEMAND_PRIORITY'}";

    @Test
    void shouldTellTokensByTheirModality() {
        byte[] json = bytes(USAGE);

        TokenUsage read = Usage.read(new JsonCursor().reset(json, 0, json.length));

        assertThat(read)
                .isEqualTo(new TokenUsage(
                        50, 30, 8, 0, 0, 0, new UsedExtras(30, 6, 0, 25, Map.of(), ServiceTier.PRIORITY)))
                .isEqualTo(Usage.read(Objects.requireNonNull(Json.tree(json))));
    }

    @Test
    void shouldTellWhatWasSearchedFor() {
        byte[] json = bytes("{'candidates':[{'groundingMetadata':{'webSearchQueries':['a','b'],"
                + "'groundingChunks':[{'maps':{'uri':'u'}}]},'finishReason':'STOP'}],"
                + "'usageMetadata':{'promptTokenCount':5,'candidatesTokenCount':3}}");
        ChunkScan scan = new ChunkScan(new TextTally());

        scan.scan(json, 0, json.length);

        assertThat(Objects.requireNonNull(scan.usage).extras().uses())
                .isEqualTo(
                        Map.of(HostedTool.GROUNDED_ANSWER, 1L, HostedTool.WEB_SEARCH, 2L, HostedTool.MAPS_ANSWER, 1L));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
