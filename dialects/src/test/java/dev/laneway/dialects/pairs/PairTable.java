package dev.laneway.dialects.pairs;

import static dev.laneway.dialects.TestTargets.bytes;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.TestTargets;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.json.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tries every feature from every caller's dialect to every vendor's. */
final class PairTable {
    private static final List<Vendor> VENDORS = List.of(
            new Vendor("OpenAI chat", "openai", "gpt-5.5"),
            new Vendor("OpenAI Responses", "openai_responses", "gpt-5.5"),
            new Vendor("Anthropic", "anthropic", "claude-sonnet-4-5"),
            new Vendor("Bedrock", "bedrock", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
            new Vendor("Ollama", "ollama", "gpt-oss:20b"),
            new Vendor("Gemini", "gemini", "gemini-3-pro-preview"));

    private PairTable() {}

    static List<Vendor> vendors() {
        return VENDORS;
    }

    static Map<Dialect, Wording> callers() {
        Map<Dialect, Wording> callers = new LinkedHashMap<>();
        callers.put(Dialect.OPENAI_CHAT, new OpenAiChatWording());
        callers.put(Dialect.ANTHROPIC_MESSAGES, new AnthropicWording());
        callers.put(Dialect.OPENAI_RESPONSES, new ResponsesWording());
        callers.put(Dialect.OLLAMA_CHAT, new OllamaWording());
        callers.put(Dialect.GEMINI, new GeminiWording());
        return callers;
    }

    static Fate fate(Dialect caller, Wording wording, Feature feature, Vendor vendor) {
        var asking = wording.asking(feature);
        if (asking == null) {
            return Fate.NOT_SAID;
        }
        if (!(open(caller, asking, vendor) instanceof Exchange.Ready with)) {
            return Fate.REFUSED;
        }
        var without = (Exchange.Ready) open(caller, bytes(wording.without(feature)), vendor);
        var notes = new HashSet<>(with.call().notes());
        notes.removeAll(without.call().notes());
        var traceless = body(with.call()).equals(body(without.call()));
        if (traceless) {
            return said(notes, "dropped ") ? Fate.DROPPED : Fate.LOST;
        }
        return notes.isEmpty() ? Fate.CARRIED : Fate.APPROXIMATED;
    }

    private static boolean said(Set<String> notes, String word) {
        return notes.stream().anyMatch(note -> note.startsWith(word));
    }

    private static Object body(UpstreamCall call) {
        return Json.tree(call.body());
    }

    private static Exchange open(Dialect caller, byte[] body, Vendor vendor) {
        return Exchange.open(
                Dialects.inbound(caller),
                body,
                TestTargets.of(vendor.provider(), vendor.model(), false),
                new RenderContext("r1", "m", 1_790_000_000, false, false));
    }
}
