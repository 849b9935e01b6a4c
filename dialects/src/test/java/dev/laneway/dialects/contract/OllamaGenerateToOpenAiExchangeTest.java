package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OllamaGenerateToOpenAiExchangeTest extends ExchangeContract {
    OllamaGenerateToOpenAiExchangeTest() {
        super(Dialect.OLLAMA_GENERATE, Dialect.OPENAI_CHAT);
    }
}
