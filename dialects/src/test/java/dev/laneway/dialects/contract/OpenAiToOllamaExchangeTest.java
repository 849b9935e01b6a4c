package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OpenAiToOllamaExchangeTest extends ExchangeContract {
    OpenAiToOllamaExchangeTest() {
        super(Dialect.OPENAI_CHAT, Dialect.OLLAMA_CHAT);
    }
}
