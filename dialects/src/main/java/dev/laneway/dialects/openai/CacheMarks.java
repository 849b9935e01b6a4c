package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.neutral.CacheMark;
import dev.laneway.dialects.providers.Quirk;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Marks of what to cache: OpenAI's {@code prompt_cache_breakpoint} (gpt-5.6 and later), and {@code cache_control}, which
 * OpenRouter and LiteLLM take over from Anthropic.
 */
final class CacheMarks {
    private CacheMarks() {}

    /** Takes a mark out of the fields of a content part, a tool or a message. */
    static @Nullable CacheMark take(Map<String, JsonNode> fields) {
        var control = fields.remove("cache_control");
        var point = fields.remove("prompt_cache_breakpoint");
        if (control != null && control.isObject()) {
            return new CacheMark(control.path("ttl").textValue());
        }
        return point != null && point.isObject() ? new CacheMark(null) : null;
    }

    /** Puts a mark onto a content part, where the vendor reads one. */
    static void put(@Nullable CacheMark mark, ObjectNode part, Set<Quirk> quirks, Losses losses) {
        if (mark == null) {
            return;
        }
        if (quirks.contains(Quirk.READS_CACHE_BREAKPOINTS)) {
            part.putObject("prompt_cache_breakpoint").put("mode", "explicit");
        } else if (quirks.contains(Quirk.READS_CACHE_CONTROL)) {
            var control = part.putObject("cache_control").put("type", "ephemeral");
            if (mark.ttl() != null) {
                control.put("ttl", mark.ttl());
            }
        } else {
            losses.dropped("cache_control", "the vendor reads no marks");
        }
    }
}
