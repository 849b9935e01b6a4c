package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OllamaToResponsesExchangeTest extends ExchangeContract {
    OllamaToResponsesExchangeTest() {
        super(Dialect.OLLAMA_CHAT, Dialect.OPENAI_RESPONSES);
    }
}
