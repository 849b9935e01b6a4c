package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OllamaToAnthropicExchangeTest extends ExchangeContract {
    OllamaToAnthropicExchangeTest() {
        super(Dialect.OLLAMA_CHAT, Dialect.ANTHROPIC_MESSAGES);
    }
}
