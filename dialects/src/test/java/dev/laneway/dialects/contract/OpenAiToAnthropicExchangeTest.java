package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OpenAiToAnthropicExchangeTest extends ExchangeContract {
    OpenAiToAnthropicExchangeTest() {
        super(Dialect.OPENAI_CHAT, Dialect.ANTHROPIC_MESSAGES);
    }
}
