package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OllamaGenerateToAnthropicExchangeTest extends ExchangeContract {
    OllamaGenerateToAnthropicExchangeTest() {
        super(Dialect.OLLAMA_GENERATE, Dialect.ANTHROPIC_MESSAGES);
    }
}
