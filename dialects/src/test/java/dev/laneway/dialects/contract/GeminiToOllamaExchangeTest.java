package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class GeminiToOllamaExchangeTest extends ExchangeContract {
    GeminiToOllamaExchangeTest() {
        super(Dialect.GEMINI, Dialect.OLLAMA_CHAT);
    }
}
