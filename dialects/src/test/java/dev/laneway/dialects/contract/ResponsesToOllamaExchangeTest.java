package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class ResponsesToOllamaExchangeTest extends ExchangeContract {
    ResponsesToOllamaExchangeTest() {
        super(Dialect.OPENAI_RESPONSES, Dialect.OLLAMA_CHAT);
    }
}
