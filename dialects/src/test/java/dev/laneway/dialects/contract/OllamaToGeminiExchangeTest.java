package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OllamaToGeminiExchangeTest extends ExchangeContract {
    OllamaToGeminiExchangeTest() {
        super(Dialect.OLLAMA_CHAT, Dialect.GEMINI);
    }
}
