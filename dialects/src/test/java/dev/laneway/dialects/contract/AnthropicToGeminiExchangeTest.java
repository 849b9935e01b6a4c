package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class AnthropicToGeminiExchangeTest extends ExchangeContract {
    AnthropicToGeminiExchangeTest() {
        super(Dialect.ANTHROPIC_MESSAGES, Dialect.GEMINI);
    }
}
