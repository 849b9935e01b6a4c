package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OllamaToOpenAiExchangeTest extends ExchangeContract {
    OllamaToOpenAiExchangeTest() {
        super(Dialect.OLLAMA_CHAT, Dialect.OPENAI_CHAT);
    }
}
