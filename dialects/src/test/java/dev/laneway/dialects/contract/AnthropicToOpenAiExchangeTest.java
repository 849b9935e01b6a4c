package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class AnthropicToOpenAiExchangeTest extends ExchangeContract {
    AnthropicToOpenAiExchangeTest() {
        super(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_CHAT);
    }
}
