package dev.laneway.dialects;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.VendorDialect;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.anthropic.AnthropicMessagesInbound;
import dev.laneway.dialects.anthropic.AnthropicMessagesOutbound;
import dev.laneway.dialects.bedrock.BedrockConverseVendor;
import dev.laneway.dialects.ollama.OllamaChatOutbound;
import dev.laneway.dialects.ollama.OllamaInbound;
import dev.laneway.dialects.openai.OpenAiChatInbound;
import dev.laneway.dialects.openai.OpenAiChatOutbound;
import dev.laneway.dialects.responses.ResponsesInbound;
import dev.laneway.dialects.responses.ResponsesOutbound;

/** Every dialect: both sides of those that clients speak, the vendor's side of the others. */
public final class Dialects {
    private static final InboundDialect OPENAI_CHAT_IN = new OpenAiChatInbound();
    private static final InboundDialect ANTHROPIC_MESSAGES_IN = new AnthropicMessagesInbound();
    private static final InboundDialect OLLAMA_CHAT_IN = OllamaInbound.chat();
    private static final InboundDialect OLLAMA_GENERATE_IN = OllamaInbound.generate();
    private static final OutboundDialect OPENAI_CHAT_OUT = new OpenAiChatOutbound();
    private static final OutboundDialect ANTHROPIC_MESSAGES_OUT = new AnthropicMessagesOutbound();
    private static final InboundDialect OPENAI_RESPONSES_IN = new ResponsesInbound();
    private static final OutboundDialect OPENAI_RESPONSES_OUT = new ResponsesOutbound();
    private static final OutboundDialect OLLAMA_CHAT_OUT = new OllamaChatOutbound();

    private static final VendorSide BEDROCK_CONVERSE = new BedrockConverseVendor();

    private Dialects() {}

    public static InboundDialect inbound(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> OPENAI_CHAT_IN;
            case ANTHROPIC_MESSAGES -> ANTHROPIC_MESSAGES_IN;
            case OPENAI_RESPONSES -> OPENAI_RESPONSES_IN;
            case OLLAMA_CHAT -> OLLAMA_CHAT_IN;
            case OLLAMA_GENERATE -> OLLAMA_GENERATE_IN;
        };
    }

    /** @throws IllegalArgumentException for a dialect that only clients speak */
    public static OutboundDialect outbound(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> OPENAI_CHAT_OUT;
            case ANTHROPIC_MESSAGES -> ANTHROPIC_MESSAGES_OUT;
            case OPENAI_RESPONSES -> OPENAI_RESPONSES_OUT;
            case OLLAMA_CHAT -> OLLAMA_CHAT_OUT;
            case OLLAMA_GENERATE -> throw new IllegalArgumentException("no vendor is called by /api/generate");
        };
    }

    public static VendorSide vendor(VendorDialect dialect) {
        return switch (dialect) {
            case Dialect both -> outbound(both);
            case VendorOnlyDialect only ->
                switch (only) {
                    case BEDROCK_CONVERSE -> BEDROCK_CONVERSE;
                };
        };
    }
}
