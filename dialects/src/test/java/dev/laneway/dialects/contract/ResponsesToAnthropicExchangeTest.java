package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class ResponsesToAnthropicExchangeTest extends ExchangeContract {
    ResponsesToAnthropicExchangeTest() {
        super(Dialect.OPENAI_RESPONSES, Dialect.ANTHROPIC_MESSAGES);
    }
}
