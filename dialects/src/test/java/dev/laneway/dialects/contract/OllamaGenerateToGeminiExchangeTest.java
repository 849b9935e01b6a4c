package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OllamaGenerateToGeminiExchangeTest extends ExchangeContract {
    OllamaGenerateToGeminiExchangeTest() {
        super(Dialect.OLLAMA_GENERATE, Dialect.GEMINI);
    }
}
