package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class ResponsesToBedrockExchangeTest extends BedrockExchangeContract {
    ResponsesToBedrockExchangeTest() {
        super(Dialect.OPENAI_RESPONSES);
    }
}
