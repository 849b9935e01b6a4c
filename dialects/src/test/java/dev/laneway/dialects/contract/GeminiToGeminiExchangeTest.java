package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class GeminiToGeminiExchangeTest extends ExchangeContract {
    GeminiToGeminiExchangeTest() {
        super(Dialect.GEMINI, Dialect.GEMINI);
    }
}
