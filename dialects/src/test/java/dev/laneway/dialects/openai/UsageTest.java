package dev.laneway.dialects.openai;

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
    @Test
    void shouldTellSoundFromText() {
        String usage = "{'prompt_tokens':50,'completion_tokens':30,'total_tokens':80,"
                + "'prompt_tokens_details':{'cached_tokens':5,'audio_tokens':20},"
                + "'completion_tokens_details':{'reasoning_tokens':2,'audio_tokens':10,'image_tokens':4}}";

        TokenUsage read = read(usage);

        assertThat(read).isEqualTo(new TokenUsage(50, 30, 5, 0, 0, 2, new UsedExtras(20, 0, 10, 4, Map.of(), null)));
    }

    @Test
    void shouldTellHowLargeASearchWas() {
        TokenUsage read = read("{'prompt_tokens':5,'completion_tokens':3,'search_context_size':'high'}");

        assertThat(read.extras().uses()).containsExactly(Map.entry(HostedTool.LARGE_SEARCH, 1L));
    }

    @Test
    void shouldCountWhatDeepResearchTellsBesideTheTwoCounts() {
        TokenUsage read = read("{'prompt_tokens':5,'completion_tokens':30,'total_tokens':35,'citation_tokens':100,"
                + "'num_search_queries':7,'reasoning_tokens':40}");

        assertThat(read)
                .isEqualTo(
                        new TokenUsage(105, 70, 0, 0, 0, 40, UsedExtras.of(Map.of(HostedTool.WEB_SEARCH, 7L), null)));
    }

    @Test
    void shouldKnowTheTierThatAChunkSays() {
        String chunk = "{'choices':[],'usage':{'prompt_tokens':5,'completion_tokens':3},'service_tier':'priority'}";
        byte[] json = chunk.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ChunkScan scan = new ChunkScan(new TextTally());

        scan.scan(json, 0, json.length);

        assertThat(Objects.requireNonNull(scan.usage).extras().tier()).isEqualTo(ServiceTier.PRIORITY);
    }

    /** From bytes and from a tree alike. */
    private static TokenUsage read(String usage) {
        byte[] json = usage.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        TokenUsage tree = Usage.read(Objects.requireNonNull(Json.tree(json)));
        assertThat(Usage.read(new JsonCursor().reset(json, 0, json.length))).isEqualTo(tree);
        return tree;
    }
}
