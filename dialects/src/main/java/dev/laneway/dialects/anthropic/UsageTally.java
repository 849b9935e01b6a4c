package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.JsonCursor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code usage}, which a stream tells in two parts: {@code message_start} has the prompt, {@code message_delta} totals so far.
 * {@code input_tokens} leave out what was read from and written to the cache; ours include both. Anthropic's {@code service_tier} is one of
 * capacity that was paid ahead, and no price; the one that is dearer is {@code speed}. One answer, one thread.
 */
final class UsageTally {
    private long input;
    private long written;
    private long writtenForAnHour;
    private long cached;
    private long output;
    private long thinking;
    private long searches;
    private @Nullable ServiceTier tier;
    private boolean any;

    /** Whether any usage was reported. */
    boolean any() {
        return any;
    }

    void add(JsonNode usage) {
        if (!usage.isObject()) {
            return;
        }
        any = true;
        input = count(usage, "input_tokens", input);
        written = count(usage, "cache_creation_input_tokens", written);
        writtenForAnHour = count(usage.path("cache_creation"), "ephemeral_1h_input_tokens", writtenForAnHour);
        cached = count(usage, "cache_read_input_tokens", cached);
        output = count(usage, "output_tokens", output);
        thinking = count(usage.path("output_tokens_details"), "thinking_tokens", thinking);
        searches = count(usage.path("server_tool_use"), "web_search_requests", searches);
        if (usage.path("speed").asText().equals("fast")) {
            tier = ServiceTier.PRIORITY;
        }
    }

    private static long count(JsonNode usage, String field, long before) {
        return usage.path(field).isNumber() ? Math.max(0, usage.path(field).longValue()) : before;
    }

    /** Adds the object that the cursor stands at, and passes over it. */
    void add(JsonCursor at) {
        any = at.enterObject();
        while (any && at.nextMember()) {
            var number = at.kind() >= '0' && at.kind() <= '9';
            if (number && at.keyIs("input_tokens")) {
                input = at.takeCount();
            } else if (number && at.keyIs("cache_creation_input_tokens")) {
                written = at.takeCount();
            } else if (number && at.keyIs("cache_read_input_tokens")) {
                cached = at.takeCount();
            } else if (number && at.keyIs("output_tokens")) {
                output = at.takeCount();
            } else if (at.keyIs("cache_creation") && at.enterObject()) {
                while (at.nextMember()) {
                    if (at.keyIs("ephemeral_1h_input_tokens")) {
                        writtenForAnHour = at.takeCount();
                    } else {
                        at.skipValue();
                    }
                }
            } else if (at.keyIs("output_tokens_details") && at.enterObject()) {
                while (at.nextMember()) {
                    if (at.keyIs("thinking_tokens")) {
                        thinking = at.takeCount();
                    } else {
                        at.skipValue();
                    }
                }
            } else if (at.keyIs("server_tool_use") && at.enterObject()) {
                while (at.nextMember()) {
                    if (at.keyIs("web_search_requests")) {
                        searches = at.takeCount();
                    } else {
                        at.skipValue();
                    }
                }
            } else if (at.keyIs("speed") && at.kind() == '"') {
                tier = "fast".equals(at.takeString()) ? ServiceTier.PRIORITY : tier;
            } else {
                at.skipValue();
            }
        }
    }

    TokenUsage total() {
        return new TokenUsage(
                input + written + cached,
                output,
                cached,
                written,
                Math.min(writtenForAnHour, written),
                thinking,
                UsedExtras.of(searches == 0 ? Map.of() : Map.of(HostedTool.WEB_SEARCH, searches), tier));
    }

    static void write(TokenUsage usage, ByteText to) {
        to.ascii("{\"input_tokens\":")
                .number(Math.max(0, usage.input() - usage.cachedInput() - usage.cacheWrite()))
                .ascii(",\"cache_creation_input_tokens\":")
                .number(usage.cacheWrite())
                .ascii(",\"cache_read_input_tokens\":")
                .number(usage.cachedInput())
                .ascii(",\"output_tokens\":")
                .number(usage.output());
        if (usage.reasoning() > 0) {
            to.ascii(",\"output_tokens_details\":{\"thinking_tokens\":")
                    .number(usage.reasoning())
                    .ascii("}");
        }
        to.ascii("}");
    }
}
