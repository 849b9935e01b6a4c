package dev.laneway.dialects;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.VendorDialect;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.anthropic.AnthropicMessagesInbound;
import dev.laneway.dialects.anthropic.AnthropicMessagesOutbound;
import dev.laneway.dialects.bedrock.BedrockConverseVendor;
import dev.laneway.dialects.bedrock.BedrockEmbedOutbound;
import dev.laneway.dialects.embeddings.CohereEmbedOutbound;
import dev.laneway.dialects.embeddings.GeminiEmbedOutbound;
import dev.laneway.dialects.embeddings.OllamaEmbedInbound;
import dev.laneway.dialects.embeddings.OllamaEmbedOutbound;
import dev.laneway.dialects.gemini.GeminiInbound;
import dev.laneway.dialects.gemini.GeminiOutbound;
import dev.laneway.dialects.ollama.OllamaChatOutbound;
import dev.laneway.dialects.ollama.OllamaInbound;
import dev.laneway.dialects.openai.OpenAiChatInbound;
import dev.laneway.dialects.openai.OpenAiChatOutbound;
import dev.laneway.dialects.openai.OpenAiCompletionsInbound;
import dev.laneway.dialects.openai.OpenAiCompletionsOutbound;
import dev.laneway.dialects.openai.OpenAiEmbeddingsInbound;
import dev.laneway.dialects.openai.OpenAiEmbeddingsOutbound;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.dialects.providers.Quirk;
import dev.laneway.dialects.responses.ResponsesInbound;
import dev.laneway.dialects.responses.ResponsesOutbound;
import org.jspecify.annotations.Nullable;

/** Every dialect: both sides of those that clients speak, the vendor's side of the others. */
public final class Dialects {
    private static final InboundDialect OPENAI_CHAT_IN = new OpenAiChatInbound();
    private static final InboundDialect ANTHROPIC_MESSAGES_IN = new AnthropicMessagesInbound();
    private static final InboundDialect OLLAMA_CHAT_IN = OllamaInbound.chat();
    private static final InboundDialect OLLAMA_GENERATE_IN = OllamaInbound.generate();
    private static final InboundDialect GEMINI_IN = new GeminiInbound();
    private static final OutboundDialect OPENAI_CHAT_OUT = new OpenAiChatOutbound();
    private static final OutboundDialect ANTHROPIC_MESSAGES_OUT = new AnthropicMessagesOutbound();
    private static final InboundDialect OPENAI_RESPONSES_IN = new ResponsesInbound();
    private static final OutboundDialect OPENAI_RESPONSES_OUT = new ResponsesOutbound();
    private static final OutboundDialect OLLAMA_CHAT_OUT = new OllamaChatOutbound();
    private static final OutboundDialect GEMINI_OUT = new GeminiOutbound();

    private static final VendorSide BEDROCK_CONVERSE = new BedrockConverseVendor();

    private static final InboundDialect OPENAI_COMPLETIONS_IN = new OpenAiCompletionsInbound();
    private static final OutboundDialect OPENAI_COMPLETIONS_OUT = new OpenAiCompletionsOutbound();

    private static final EmbeddingsInbound OPENAI_EMBEDDINGS_IN = new OpenAiEmbeddingsInbound();
    private static final EmbeddingsInbound OLLAMA_EMBED_IN = new OllamaEmbedInbound();
    private static final EmbeddingsOutbound OPENAI_EMBEDDINGS_OUT = new OpenAiEmbeddingsOutbound();
    private static final EmbeddingsOutbound OLLAMA_EMBED_OUT = new OllamaEmbedOutbound();
    private static final EmbeddingsOutbound BEDROCK_EMBED_OUT = new BedrockEmbedOutbound();
    private static final EmbeddingsOutbound COHERE_EMBED_OUT = new CohereEmbedOutbound();
    private static final EmbeddingsOutbound GEMINI_EMBED_OUT = new GeminiEmbedOutbound();

    private Dialects() {}

    /** What a caller speaks, whatever it asks for. */
    public static CallerDialect caller(Dialect dialect) {
        return switch (dialect) {
            case GEMINI,
                    OPENAI_CHAT,
                    ANTHROPIC_MESSAGES,
                    OPENAI_RESPONSES,
                    OLLAMA_CHAT,
                    OLLAMA_GENERATE,
                    OPENAI_COMPLETIONS -> inbound(dialect);
            case OPENAI_EMBEDDINGS -> OPENAI_EMBEDDINGS_IN;
            case OLLAMA_EMBED -> OLLAMA_EMBED_IN;
        };
    }

    /** @throws IllegalArgumentException where a model is not asked to say something in that dialect */
    public static InboundDialect inbound(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> OPENAI_CHAT_IN;
            case ANTHROPIC_MESSAGES -> ANTHROPIC_MESSAGES_IN;
            case OPENAI_RESPONSES -> OPENAI_RESPONSES_IN;
            case OLLAMA_CHAT -> OLLAMA_CHAT_IN;
            case OLLAMA_GENERATE -> OLLAMA_GENERATE_IN;
            case OPENAI_COMPLETIONS -> OPENAI_COMPLETIONS_IN;
            case OPENAI_EMBEDDINGS, OLLAMA_EMBED -> throw wordless(dialect);
            case GEMINI -> GEMINI_IN;
        };
    }

    /** @throws IllegalArgumentException where no vendor says something in that dialect */
    public static OutboundDialect outbound(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> OPENAI_CHAT_OUT;
            case ANTHROPIC_MESSAGES -> ANTHROPIC_MESSAGES_OUT;
            case OPENAI_RESPONSES -> OPENAI_RESPONSES_OUT;
            case OLLAMA_CHAT -> OLLAMA_CHAT_OUT;
            case OPENAI_COMPLETIONS -> OPENAI_COMPLETIONS_OUT;
            case OLLAMA_GENERATE, OPENAI_EMBEDDINGS, OLLAMA_EMBED -> throw wordless(dialect);
            case GEMINI -> GEMINI_OUT;
        };
    }

    /** How a vendor is best spoken to for a caller: legacy completions pass through where it has them beside chat. */
    public static VendorSide vendor(ProviderRow vendor, Dialect caller) {
        return caller == Dialect.OPENAI_COMPLETIONS && vendor.quirks().contains(Quirk.COMPLETIONS)
                ? OPENAI_COMPLETIONS_OUT
                : vendor(vendor.dialect());
    }

    /** How a vendor is asked for embeddings; null where it has none. */
    public static @Nullable EmbeddingsOutbound embeddings(ProviderRow vendor) {
        return switch (vendor.dialect()) {
            case Dialect both ->
                switch (both) {
                    case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS -> compatible(vendor);
                    case OLLAMA_CHAT, OLLAMA_GENERATE, OLLAMA_EMBED -> OLLAMA_EMBED_OUT;
                    case GEMINI -> vendor.quirks().contains(Quirk.VERTEX) ? null : GEMINI_EMBED_OUT;
                    case ANTHROPIC_MESSAGES -> null;
                };
            case VendorOnlyDialect only ->
                switch (only) {
                    case COHERE_EMBED -> COHERE_EMBED_OUT;
                    case GEMINI_EMBED -> GEMINI_EMBED_OUT;
                    case BEDROCK_CONVERSE, BEDROCK_EMBED -> BEDROCK_EMBED_OUT;
                };
        };
    }

    private static @Nullable EmbeddingsOutbound compatible(ProviderRow vendor) {
        if (vendor.quirks().contains(Quirk.NO_EMBEDDINGS)) {
            return null;
        }
        return vendor.quirks().contains(Quirk.EMBEDS_AS_COHERE) ? COHERE_EMBED_OUT : OPENAI_EMBEDDINGS_OUT;
    }

    private static IllegalArgumentException wordless(VendorDialect dialect) {
        return new IllegalArgumentException(dialect.id() + " is not a way to make a model say something");
    }

    public static VendorSide vendor(VendorDialect dialect) {
        return switch (dialect) {
            case Dialect both -> outbound(both);
            case VendorOnlyDialect only ->
                switch (only) {
                    case BEDROCK_CONVERSE -> BEDROCK_CONVERSE;
                    case BEDROCK_EMBED, COHERE_EMBED, GEMINI_EMBED -> throw wordless(dialect);
                };
        };
    }
}
