package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class GeminiToBedrockExchangeTest extends BedrockExchangeContract {
    GeminiToBedrockExchangeTest() {
        super(Dialect.GEMINI);
    }
}
