package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class AnthropicToOllamaExchangeTest extends ExchangeContract {
    AnthropicToOllamaExchangeTest() {
        super(Dialect.ANTHROPIC_MESSAGES, Dialect.OLLAMA_CHAT);
    }
}
