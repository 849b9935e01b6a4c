package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.JsonCursor;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code usageMetadata}: totals so far, in every chunk of a stream. Google's candidates leave out thoughts, and its prompt what hosted
 * tools put into it; ours include both.
 */
final class Usage {
    private long prompt;
    private long tools;
    private long cached;
    private long candidates;
    private long thoughts;
    private long sound;
    private long cachedSound;
    private long said;
    private long drawn;
    private @Nullable ServiceTier tier;

    static TokenUsage read(JsonNode metadata) {
        var usage = new Usage();
        usage.prompt = count(metadata, "promptTokenCount");
        usage.tools = count(metadata, "toolUsePromptTokenCount");
        usage.cached = count(metadata, "cachedContentTokenCount");
        usage.candidates = count(metadata, "candidatesTokenCount");
        usage.thoughts = count(metadata, "thoughtsTokenCount");
        usage.sound = of(metadata.path("promptTokensDetails"), "AUDIO")
                + of(metadata.path("toolUsePromptTokensDetails"), "AUDIO");
        usage.cachedSound = of(metadata.path("cacheTokensDetails"), "AUDIO");
        usage.said = of(metadata.path("candidatesTokensDetails"), "AUDIO");
        usage.drawn = of(metadata.path("candidatesTokensDetails"), "IMAGE");
        usage.tier(metadata.path("serviceTier").textValue());
        usage.tier(metadata.path("trafficType").textValue());
        return usage.total();
    }

    /** Tokens of a modality, in a list of {@code ModalityTokenCount}s. */
    private static long of(JsonNode details, String modality) {
        long tokens = 0;
        for (var detail : details) {
            tokens += detail.path("modality").asText().equals(modality) ? count(detail, "tokenCount") : 0;
        }
        return tokens;
    }

    private void tier(@Nullable String word) {
        var said = ServiceTier.of(word);
        tier = said == null ? tier : said;
    }

    private static long count(JsonNode metadata, String field) {
        return Math.max(0, metadata.path(field).asLong());
    }

    /** Reads the object that the cursor stands at, and passes over it. */
    static TokenUsage read(JsonCursor at) {
        var usage = new Usage();
        if (!at.enterObject()) {
            at.skipValue();
            return TokenUsage.NONE;
        }
        while (at.nextMember()) {
            if (at.keyIs("promptTokenCount")) {
                usage.prompt = at.takeCount();
            } else if (at.keyIs("toolUsePromptTokenCount")) {
                usage.tools = at.takeCount();
            } else if (at.keyIs("cachedContentTokenCount")) {
                usage.cached = at.takeCount();
            } else if (at.keyIs("candidatesTokenCount")) {
                usage.candidates = at.takeCount();
            } else if (at.keyIs("thoughtsTokenCount")) {
                usage.thoughts = at.takeCount();
            } else if (at.keyIs("promptTokensDetails") || at.keyIs("toolUsePromptTokensDetails")) {
                usage.sound += of(at).getOrDefault("AUDIO", 0L);
            } else if (at.keyIs("cacheTokensDetails")) {
                usage.cachedSound = of(at).getOrDefault("AUDIO", 0L);
            } else if (at.keyIs("candidatesTokensDetails")) {
                var made = of(at);
                usage.said = made.getOrDefault("AUDIO", 0L);
                usage.drawn = made.getOrDefault("IMAGE", 0L);
            } else if ((at.keyIs("serviceTier") || at.keyIs("trafficType")) && at.kind() == '"') {
                usage.tier(at.takeString());
            } else {
                at.skipValue();
            }
        }
        return usage.total();
    }

    /** Tokens by modality, of the list that the cursor stands at; passes over it. */
    private static Map<String, Long> of(JsonCursor at) {
        var tokens = new HashMap<String, Long>();
        if (!at.enterArray()) {
            at.skipValue();
            return tokens;
        }
        while (at.nextElement()) {
            if (!at.enterObject()) {
                at.skipValue();
                continue;
            }
            String modality = null;
            long count = 0;
            while (at.nextMember()) {
                if (at.keyIs("modality") && at.kind() == '"') {
                    modality = at.takeString();
                } else if (at.keyIs("tokenCount")) {
                    count = at.takeCount();
                } else {
                    at.skipValue();
                }
            }
            if (modality != null) {
                tokens.merge(modality, count, Long::sum);
            }
        }
        return tokens;
    }

    private TokenUsage total() {
        return new TokenUsage(
                prompt + tools,
                candidates + thoughts,
                cached,
                0,
                0,
                thoughts,
                new UsedExtras(sound, cachedSound, said, drawn, Map.of(), tier));
    }

    /** Models before Gemini 3 are paid by the answer that was searched for, later ones by the search: the price says by which. */
    static UsedExtras grounded(UsedExtras used, boolean searched, long searches, boolean mapped) {
        Map<HostedTool, Long> uses = new EnumMap<>(HostedTool.class);
        if (searched) {
            uses.put(HostedTool.GROUNDED_ANSWER, 1L);
            uses.put(HostedTool.WEB_SEARCH, searches);
        }
        if (mapped) {
            uses.put(HostedTool.MAPS_ANSWER, 1L);
        }
        return new UsedExtras(
                used.audioInput(), used.cachedAudio(), used.audioOutput(), used.imageOutput(), uses, used.tier());
    }

    static void write(TokenUsage usage, ByteText to) {
        to.ascii("{\"promptTokenCount\":").number(usage.input());
        to.ascii(",\"candidatesTokenCount\":").number(Math.max(0, usage.output() - usage.reasoning()));
        to.ascii(",\"totalTokenCount\":").number(usage.input() + usage.output());
        if (usage.cachedInput() > 0) {
            to.ascii(",\"cachedContentTokenCount\":").number(usage.cachedInput());
        }
        if (usage.reasoning() > 0) {
            to.ascii(",\"thoughtsTokenCount\":").number(usage.reasoning());
        }
        to.ascii("}");
    }
}
