package dev.laneway.runtime.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.AskedExtras;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.Deployment;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The most that a call of one deployment can be billed for, whatever its vendor counts: a token for every byte of text, the most tokens of
 * its images, documents and recordings, what tools of the vendor's own bring into the prompt and cost, in the dearest tier that it may
 * get. Pure.
 */
public final class WorstCall {
    /** What {@code gpt-4o-mini} makes of the largest image, 2,833 tokens and 5,667 for each of 8 tiles: no model is known to make more. */
    static final long DEAREST_IMAGE = 48_169;

    /** The most uses of its vendor's own tools that a request of the Responses API has that says none, where money is held for it. */
    public static final long TOOL_CALLS = 4;

    private static final String PERPLEXITY = "perplexity";
    private static final String OPENROUTER = "openrouter";
    private static final String XAI = "xai";
    private static final String LONG_CONTEXT = "context-1m";
    private static final long LONG_WINDOW = 1_000_000;

    private final Request request;
    private final Deployment deployment;
    private final AskedExtras asked;
    private final Price price;
    private final Capabilities model;

    /** What comes of the question. */
    public sealed interface Answer permits Most, Unbounded {}

    /**
     * That much.
     *
     * @param inputTokens of prompts, all that the model reads together
     * @param sound whether there may be some among them
     * @param uses of tools that have a price
     * @param tier which it may get beside the usual one
     */
    public record Most(
            Price price,
            long inputTokens,
            boolean sound,
            Map<HostedTool, Long> uses,
            @Nullable ServiceTier tier) implements Answer {
        public Most {
            uses = Map.copyOf(uses);
        }

        /** In money, with so many tokens generated. */
        public Money with(long outputTokens) {
            return price.worst(inputTokens, outputTokens, sound, uses, tier);
        }
    }

    /**
     * Nobody can tell.
     *
     * @param why a sentence for the caller, with what would help
     */
    public record Unbounded(String why) implements Answer {}

    private WorstCall(Request request, Deployment deployment, Price price, Capabilities model) {
        this.request = request;
        this.deployment = deployment;
        AskedExtras extras = request.extras() == null ? AskedExtras.NONE : request.extras();
        this.asked = setsToolCalls(request) ? limited(extras) : extras;
        this.price = price;
        this.model = model;
    }

    /**
     * Asks.
     *
     * @param textTokens not fewer than the text of the prompt has, without what {@link AskedExtras} count
     */
    public static Answer of(Request request, Deployment deployment, Price price, Capabilities model, long textTokens) {
        return new WorstCall(request, deployment, price, model).answer(textTokens);
    }

    /**
     * Whether a request is reckoned with {@link #TOOL_CALLS}, which its vendor then has to be asked for: it offers tools of its vendor's own,
     * and its API has a limit for them that it does not use. (OpenAI's Responses, {@code max_tool_calls}: for all such tools together.)
     */
    public static boolean setsToolCalls(Request request) {
        AskedExtras extras = request.extras();
        return request.dialect() == Dialect.OPENAI_RESPONSES
                && extras != null
                && !extras.tools().isEmpty()
                && extras.rounds() == 0;
    }

    private static AskedExtras limited(AskedExtras extras) {
        Map<HostedTool, Long> tools = new EnumMap<>(HostedTool.class);
        extras.tools().forEach((tool, uses) -> tools.put(tool, uses == 0 ? TOOL_CALLS : Math.min(uses, TOOL_CALLS)));
        return new AskedExtras(
                extras.images(), extras.documents(), extras.recordings(), tools, TOOL_CALLS + 1, extras.tier());
    }

    private Answer answer(long textTokens) {
        ProviderRow vendor = ProviderCatalogue.find(deployment.provider());
        Unbounded strange = vendor == null ? null : ofVendor(vendor);
        if (strange != null) {
            return strange;
        }
        boolean sent = vendor == null || vendor.dialect() == request.dialect();
        if (vendor != null && vendor.name().startsWith(XAI) && (asked.documents() > 0 || (sent && readsMore()))) {
            // max_turns limits its turns, each of any number of calls; a file makes it search in it (docs.x.ai,
            // "Tools", 2026)
            return new Unbounded(
                    "This vendor uses its tools, and searches in files, as often as it likes, so nobody can tell"
                            + " whether it fits the budget.");
        }
        Map<HostedTool, Long> uses = new EnumMap<>(HostedTool.class);
        for (Map.Entry<HostedTool, Long> tool : (sent ? asked.tools() : Map.<HostedTool, Long>of()).entrySet()) {
            Money fee = fee(tool.getKey());
            if (fee == null) {
                return new Unbounded(
                        "It offers a tool of its vendor (" + tool.getKey().id()
                                + ") of which no price is known, so nobody can tell whether it fits the budget.");
            }
            if (tool.getValue() == 0 && !fee.isZero()) {
                return new Unbounded(
                        "It offers a tool of its vendor (" + tool.getKey().id()
                                + ") without a limit of uses, so nobody can tell whether it fits the budget: set max_uses, or"
                                + " max_tool_calls.");
            }
            if (!fee.isZero()) {
                uses.put(tool.getKey(), tool.getValue());
            }
        }
        ServiceTier tier = tier();
        if (tier == ServiceTier.PRIORITY && !price.hasPriority() && vendor != null && takesTiers(vendor)) {
            return new Unbounded("It asks for the service tier 'priority', of which no price is known for this model.");
        }
        return tokens(textTokens, sent, uses, tier);
    }

    private Answer tokens(long textTokens, boolean sent, Map<HostedTool, Long> uses, @Nullable ServiceTier tier) {
        Bounds bounds = model.bounds();
        long window = window();
        long image = bounds.image() == 0 ? DEAREST_IMAGE : bounds.image();
        long prompt = textTokens + asked.images() * image;
        boolean files = asked.documents() > 0 && bounds.document() == 0;
        long rounds = sent && readsMore() ? asked.rounds() : 1;
        boolean byWindow = files || asked.recordings() > 0 || (rounds != 1 && bounds.use() == 0);
        if (rounds == 0) {
            return new Unbounded(
                    "It offers tools of its vendor without a limit of uses, so nobody can tell whether it fits"
                            + " the budget: set max_tool_calls.");
        }
        boolean priced = !price.worst(1, 0, true, Map.of(), tier).isZero();
        if (byWindow && window == 0 && priced) {
            return new Unbounded(
                    "Nobody can tell how many tokens its documents, recordings or the vendor's tools come to,"
                            + " since this model's window is not known: its operator can state max_input_tokens.");
        }
        prompt += asked.documents() * bounds.document();
        prompt = byWindow ? Math.max(window, textTokens) : prompt;
        long all = prompt * rounds + bounds.use() * (rounds * (rounds - 1) / 2);
        return new Most(price, all, asked.recordings() > 0, uses, tier);
    }

    /** Whether tools bring something into the prompt that the model reads then. */
    private boolean readsMore() {
        return asked.tools().keySet().stream()
                .anyMatch(tool -> tool != HostedTool.MEDIUM_SEARCH && tool != HostedTool.LARGE_SEARCH);
    }

    private @Nullable Money fee(HostedTool tool) {
        Money fee = price.fee(tool);
        boolean size = tool == HostedTool.MEDIUM_SEARCH || tool == HostedTool.LARGE_SEARCH;
        // others than Perplexity take the same for a search of any size
        return fee == null && size && !deployment.provider().equals(OPENROUTER) ? Money.ZERO : fee;
    }

    /** What an operator's own defaults, or a vendor by itself, would make of a call. */
    private @Nullable Unbounded ofVendor(ProviderRow vendor) {
        JsonNode tools = deployment.extra().get("tools");
        if (tools != null && tools.isArray()) {
            for (JsonNode tool : tools) {
                String type = tool.path("type").asText("function");
                if (!type.equals("function") && !type.equals("custom")) {
                    return new Unbounded(
                            "The deployment offers a tool of its vendor's own by default, of which nobody can"
                                    + " tell how often it is used.");
                }
            }
        }
        String name = deployment.vendorModel(request.route());
        boolean researches = vendor.name().equals(PERPLEXITY) && name.contains("deep-research");
        return researches
                ? new Unbounded(
                        "This model searches as often as it likes, so nobody can tell whether it fits the budget.")
                : null;
    }

    /** The dearest that it may get. */
    private @Nullable ServiceTier tier() {
        JsonNode own = deployment.extra().get("service_tier");
        return asked.tier() == null && own != null ? ServiceTier.of(own.asText()) : asked.tier();
    }

    private static boolean takesTiers(ProviderRow vendor) {
        return switch (vendor.dialect()) {
            case Dialect dialect ->
                switch (dialect) {
                    case OPENAI_CHAT, OPENAI_RESPONSES, ANTHROPIC_MESSAGES, GEMINI -> true;
                    case OLLAMA_CHAT, OLLAMA_GENERATE, OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED -> false;
                };
            case VendorOnlyDialect only ->
                switch (only) {
                    case BEDROCK_CONVERSE -> true;
                    case COHERE_EMBED, GEMINI_EMBED, BEDROCK_EMBED -> false;
                };
        };
    }

    /** The longest prompt that the vendor takes; a longer one is refused, and costs nothing. 0: nobody knows. */
    private long window() {
        boolean longer = request.headers().getOrDefault("anthropic-beta", "").contains(LONG_CONTEXT);
        return longer ? Math.max(LONG_WINDOW, model.window()) : model.window();
    }
}
