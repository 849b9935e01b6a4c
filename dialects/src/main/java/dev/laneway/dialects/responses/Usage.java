package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.json.ByteText;

/** {@code ResponseUsage}: input includes cached tokens, output includes reasoning. */
final class Usage {
    private Usage() {}

    static TokenUsage read(JsonNode usage) {
        var in = usage.path("input_tokens_details");
        return new TokenUsage(
                count(usage, "input_tokens"),
                count(usage, "output_tokens"),
                count(in, "cached_tokens"),
                count(in, "cache_write_tokens"),
                count(usage.path("output_tokens_details"), "reasoning_tokens"));
    }

    private static long count(JsonNode node, String field) {
        return Math.max(0, node.path(field).asLong());
    }

    static void write(TokenUsage usage, ByteText to) {
        to.ascii("{\"input_tokens\":")
                .number(usage.input())
                .ascii(",\"input_tokens_details\":{\"cached_tokens\":")
                .number(usage.cachedInput())
                .ascii(",\"cache_write_tokens\":")
                .number(usage.cacheWrite())
                .ascii("},\"output_tokens\":")
                .number(usage.output())
                .ascii(",\"output_tokens_details\":{\"reasoning_tokens\":")
                .number(usage.reasoning())
                .ascii("},\"total_tokens\":")
                .number(usage.input() + usage.output())
                .ascii("}");
    }
}
