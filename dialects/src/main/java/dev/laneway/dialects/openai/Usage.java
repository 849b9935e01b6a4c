package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.JsonCursor;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code CompletionUsage}. {@code prompt_tokens} include cached ones and {@code completion_tokens} include reasoning, except
 * with vendors (xAI) whose total shows that they don't; DeepSeek names cached tokens {@code prompt_cache_hit_tokens}. Perplexity tells how
 * large its search was, and of deep research what it cited, thought and searched beside the two counts.
 */
final class Usage {
    private long prompt;
    private long completion;
    private long total;
    private long cached;
    private long written;
    private long reasoning;
    private long audioIn;
    private long audioOut;
    private long imageOut;
    private boolean researched;
    private long cited;
    private long thought;
    private final Map<HostedTool, Long> uses = new EnumMap<>(HostedTool.class);

    private Usage() {}

    static TokenUsage read(JsonNode usage) {
        var read = new Usage();
        var in = usage.path("prompt_tokens_details");
        var out = usage.path("completion_tokens_details");
        read.prompt = usage.path("prompt_tokens").asLong();
        read.completion = usage.path("completion_tokens").asLong();
        read.total = usage.path("total_tokens").asLong();
        read.cached = Math.max(
                in.path("cached_tokens").asLong(),
                usage.path("prompt_cache_hit_tokens").asLong());
        read.written = in.path("cache_write_tokens").asLong();
        read.audioIn = in.path("audio_tokens").asLong();
        read.reasoning = out.path("reasoning_tokens").asLong();
        read.audioOut = out.path("audio_tokens").asLong();
        read.imageOut = out.path("image_tokens").asLong();
        read.researched = usage.has("citation_tokens");
        read.cited = usage.path("citation_tokens").asLong();
        read.thought = usage.path("reasoning_tokens").asLong();
        read.searched(usage.path("num_search_queries").asLong());
        read.sized(usage.path("search_context_size").textValue());
        return read.all();
    }

    /** Reads the object that the cursor stands at, and passes over it. */
    static TokenUsage read(JsonCursor at) {
        var read = new Usage();
        at.enterObject();
        while (at.nextMember()) {
            read.member(at);
        }
        return read.all();
    }

    private void member(JsonCursor at) {
        if (at.keyIs("prompt_tokens")) {
            prompt = at.takeCount();
        } else if (at.keyIs("completion_tokens")) {
            completion = at.takeCount();
        } else if (at.keyIs("total_tokens")) {
            total = at.takeCount();
        } else if (at.keyIs("prompt_cache_hit_tokens")) {
            cached = Math.max(cached, at.takeCount());
        } else if (at.keyIs("prompt_tokens_details") && at.enterObject()) {
            while (at.nextMember()) {
                if (at.keyIs("cached_tokens")) {
                    cached = Math.max(cached, at.takeCount());
                } else if (at.keyIs("cache_write_tokens")) {
                    written = at.takeCount();
                } else if (at.keyIs("audio_tokens")) {
                    audioIn = at.takeCount();
                } else {
                    at.skipValue();
                }
            }
        } else if (at.keyIs("completion_tokens_details") && at.enterObject()) {
            while (at.nextMember()) {
                if (at.keyIs("reasoning_tokens")) {
                    reasoning = at.takeCount();
                } else if (at.keyIs("audio_tokens")) {
                    audioOut = at.takeCount();
                } else if (at.keyIs("image_tokens")) {
                    imageOut = at.takeCount();
                } else {
                    at.skipValue();
                }
            }
        } else if (at.keyIs("citation_tokens")) {
            researched = true;
            cited = at.takeCount();
        } else if (at.keyIs("reasoning_tokens")) {
            thought = at.takeCount();
        } else if (at.keyIs("num_search_queries")) {
            searched(at.takeCount());
        } else if (at.keyIs("search_context_size") && at.kind() == '"') {
            sized(at.takeString());
        } else {
            at.skipValue();
        }
    }

    /** The same in that tier, where it is no usual one. */
    static TokenUsage tiered(TokenUsage usage, @Nullable ServiceTier tier) {
        return tier == null || tier == ServiceTier.STANDARD
                ? usage
                : usage.with(usage.extras().in(tier));
    }

    private void searched(long times) {
        if (times > 0) {
            uses.put(HostedTool.WEB_SEARCH, times);
        }
    }

    private void sized(@Nullable String size) {
        if ("medium".equals(size)) {
            uses.put(HostedTool.MEDIUM_SEARCH, 1L);
        } else if ("high".equals(size)) {
            uses.put(HostedTool.LARGE_SEARCH, 1L);
        }
    }

    private TokenUsage all() {
        if (researched) {
            prompt += cited;
            completion += thought;
            reasoning = thought;
        }
        var apart = !researched && reasoning > 0 && total == prompt + completion + reasoning;
        var output = apart ? completion + reasoning : completion;
        return new TokenUsage(
                positive(prompt),
                positive(output),
                positive(cached),
                positive(written),
                0,
                positive(reasoning),
                new UsedExtras(positive(audioIn), 0, positive(audioOut), positive(imageOut), uses, null));
    }

    private static long positive(long count) {
        return Math.max(0, count);
    }

    static void write(TokenUsage usage, ByteText to) {
        to.ascii("{\"prompt_tokens\":")
                .number(usage.input())
                .ascii(",\"completion_tokens\":")
                .number(usage.output())
                .ascii(",\"total_tokens\":")
                .number(usage.input() + usage.output())
                .ascii(",\"prompt_tokens_details\":{\"cached_tokens\":")
                .number(usage.cachedInput())
                .ascii(",\"cache_write_tokens\":")
                .number(usage.cacheWrite())
                .ascii("},\"completion_tokens_details\":{\"reasoning_tokens\":")
                .number(usage.reasoning())
                .ascii("}}");
    }
}
