package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OpenAiToGeminiExchangeTest extends ExchangeContract {
    OpenAiToGeminiExchangeTest() {
        super(Dialect.OPENAI_CHAT, Dialect.GEMINI);
    }
}
