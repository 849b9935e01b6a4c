package dev.laneway.dialects;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.anthropic.AnthropicMessagesInbound;
import dev.laneway.dialects.anthropic.AnthropicMessagesOutbound;
import dev.laneway.dialects.openai.OpenAiChatInbound;
import dev.laneway.dialects.openai.OpenAiChatOutbound;

/** Every dialect, both sides. */
public final class Dialects {
    private static final InboundDialect OPENAI_CHAT_IN = new OpenAiChatInbound();
    private static final InboundDialect ANTHROPIC_MESSAGES_IN = new AnthropicMessagesInbound();
    private static final OutboundDialect OPENAI_CHAT_OUT = new OpenAiChatOutbound();
    private static final OutboundDialect ANTHROPIC_MESSAGES_OUT = new AnthropicMessagesOutbound();

    private Dialects() {}

    public static InboundDialect inbound(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> OPENAI_CHAT_IN;
            case ANTHROPIC_MESSAGES -> ANTHROPIC_MESSAGES_IN;
        };
    }

    public static OutboundDialect outbound(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> OPENAI_CHAT_OUT;
            case ANTHROPIC_MESSAGES -> ANTHROPIC_MESSAGES_OUT;
        };
    }
}
