package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OllamaToOllamaExchangeTest extends ExchangeContract {
    OllamaToOllamaExchangeTest() {
        super(Dialect.OLLAMA_CHAT, Dialect.OLLAMA_CHAT);
    }
}
