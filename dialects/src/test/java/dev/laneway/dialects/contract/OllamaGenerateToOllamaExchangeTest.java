package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OllamaGenerateToOllamaExchangeTest extends ExchangeContract {
    OllamaGenerateToOllamaExchangeTest() {
        super(Dialect.OLLAMA_GENERATE, Dialect.OLLAMA_CHAT);
    }
}
