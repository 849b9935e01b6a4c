package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OllamaGenerateToResponsesExchangeTest extends ExchangeContract {
    OllamaGenerateToResponsesExchangeTest() {
        super(Dialect.OLLAMA_GENERATE, Dialect.OPENAI_RESPONSES);
    }
}
