package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class GeminiToAnthropicExchangeTest extends ExchangeContract {
    GeminiToAnthropicExchangeTest() {
        super(Dialect.GEMINI, Dialect.ANTHROPIC_MESSAGES);
    }
}
