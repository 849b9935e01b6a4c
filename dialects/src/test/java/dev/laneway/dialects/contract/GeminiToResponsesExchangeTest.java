package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class GeminiToResponsesExchangeTest extends ExchangeContract {
    GeminiToResponsesExchangeTest() {
        super(Dialect.GEMINI, Dialect.OPENAI_RESPONSES);
    }
}
