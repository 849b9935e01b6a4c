package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class ResponsesToGeminiExchangeTest extends ExchangeContract {
    ResponsesToGeminiExchangeTest() {
        super(Dialect.OPENAI_RESPONSES, Dialect.GEMINI);
    }
}
