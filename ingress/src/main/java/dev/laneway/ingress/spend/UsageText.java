package dev.laneway.ingress.spend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.ingress.keys.Json;
import java.util.TreeMap;

/** What one attempt used, as JSON: every kind that has a price of its own. */
final class UsageText {
    private UsageText() {}

    static ObjectNode json(TokenUsage usage) {
        UsedExtras extras = usage.extras();
        ObjectNode json = Json.object()
                .put("input_tokens", usage.input())
                .put("output_tokens", usage.output())
                .put("cached_input_tokens", usage.cachedInput())
                .put("cache_write_tokens", usage.cacheWrite())
                .put("cache_write_hour_tokens", usage.cacheWriteHour())
                .put("reasoning_tokens", usage.reasoning())
                .put("audio_input_tokens", extras.audioInput())
                .put("cached_audio_tokens", extras.cachedAudio())
                .put("audio_output_tokens", extras.audioOutput())
                .put("image_output_tokens", extras.imageOutput());
        ObjectNode tools = json.putObject("hosted_tools");
        new TreeMap<>(extras.uses()).forEach((tool, times) -> tools.put(tool.id(), times));
        return json.put(
                "service_tier", extras.tier() == null ? null : extras.tier().id());
    }
}
