package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class AnthropicToAnthropicExchangeTest extends ExchangeContract {
    AnthropicToAnthropicExchangeTest() {
        super(Dialect.ANTHROPIC_MESSAGES, Dialect.ANTHROPIC_MESSAGES);
    }
}
