package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class GeminiToOpenAiExchangeTest extends ExchangeContract {
    GeminiToOpenAiExchangeTest() {
        super(Dialect.GEMINI, Dialect.OPENAI_CHAT);
    }
}
