package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.dialects.json.ByteText;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ResponseUsage}: input includes cached tokens, output includes reasoning. xAI beside it says what it bills of its own tools ({@code
 * server_side_tool_usage_details}; docs.x.ai, "Tool Usage Details", 2026): what failed is not in it, and a search of X is a search.
 */
final class Usage {
    private Usage() {}

    static TokenUsage read(JsonNode usage) {
        var in = usage.path("input_tokens_details");
        var out = usage.path("output_tokens_details");
        return new TokenUsage(
                count(usage, "input_tokens"),
                count(usage, "output_tokens"),
                count(in, "cached_tokens"),
                count(in, "cache_write_tokens"),
                0,
                count(out, "reasoning_tokens"),
                new UsedExtras(
                        count(in, "audio_tokens"),
                        0,
                        count(out, "audio_tokens"),
                        count(out, "image_tokens"),
                        uses(usage.path("server_side_tool_usage_details")),
                        null));
    }

    private static Map<HostedTool, Long> uses(JsonNode said) {
        var uses = new EnumMap<HostedTool, Long>(HostedTool.class);
        put(uses, HostedTool.WEB_SEARCH, count(said, "web_search_calls") + count(said, "x_search_calls"));
        put(uses, HostedTool.CODE, count(said, "code_interpreter_calls"));
        put(uses, HostedTool.FILE_SEARCH, count(said, "file_search_calls"));
        return uses;
    }

    private static void put(Map<HostedTool, Long> uses, HostedTool tool, long times) {
        if (times > 0) {
            uses.put(tool, times);
        }
    }

    /**
     * The same, in that tier where it is no usual one.
     *
     * @param seen tools whose use was seen in the output: those that the vendor did not count itself
     */
    static TokenUsage with(TokenUsage usage, Map<HostedTool, Long> seen, @Nullable ServiceTier tier) {
        var used = usage.extras();
        var uses = used.uses().isEmpty() ? seen : used.uses();
        return usage.with(new UsedExtras(
                used.audioInput(),
                used.cachedAudio(),
                used.audioOutput(),
                used.imageOutput(),
                uses,
                tier == ServiceTier.STANDARD ? null : tier));
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
