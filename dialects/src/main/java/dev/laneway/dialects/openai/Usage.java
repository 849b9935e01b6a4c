package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.JsonCursor;

/**
 * {@code CompletionUsage}. {@code prompt_tokens} include cached ones and {@code completion_tokens} include reasoning, except
 * with vendors (xAI) whose total shows that they don't; DeepSeek names cached tokens {@code prompt_cache_hit_tokens}.
 */
final class Usage {
    private Usage() {}

    static TokenUsage read(JsonNode usage) {
        var prompt = usage.path("prompt_tokens").asLong();
        var completion = usage.path("completion_tokens").asLong();
        var in = usage.path("prompt_tokens_details");
        return of(
                prompt,
                completion,
                usage.path("total_tokens").asLong(),
                Math.max(
                        in.path("cached_tokens").asLong(),
                        usage.path("prompt_cache_hit_tokens").asLong()),
                in.path("cache_write_tokens").asLong(),
                usage.path("completion_tokens_details").path("reasoning_tokens").asLong());
    }

    /** Reads the object that the cursor stands at, and passes over it. */
    static TokenUsage read(JsonCursor at) {
        long prompt = 0;
        long completion = 0;
        long total = 0;
        long cached = 0;
        long written = 0;
        long reasoning = 0;
        at.enterObject();
        while (at.nextMember()) {
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
                    } else {
                        at.skipValue();
                    }
                }
            } else if (at.keyIs("completion_tokens_details") && at.enterObject()) {
                while (at.nextMember()) {
                    if (at.keyIs("reasoning_tokens")) {
                        reasoning = at.takeCount();
                    } else {
                        at.skipValue();
                    }
                }
            } else {
                at.skipValue();
            }
        }
        return of(prompt, completion, total, cached, written, reasoning);
    }

    private static TokenUsage of(long prompt, long completion, long total, long cached, long written, long reasoning) {
        var apart = reasoning > 0 && total == prompt + completion + reasoning;
        var output = apart ? completion + reasoning : completion;
        return new TokenUsage(
                positive(prompt), positive(output), positive(cached), positive(written), positive(reasoning));
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
