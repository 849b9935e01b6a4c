package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class AnthropicToResponsesExchangeTest extends ExchangeContract {
    AnthropicToResponsesExchangeTest() {
        super(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_RESPONSES);
    }
}
