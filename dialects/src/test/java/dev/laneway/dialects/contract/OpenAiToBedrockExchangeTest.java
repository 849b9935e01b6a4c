package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OpenAiToBedrockExchangeTest extends BedrockExchangeContract {
    OpenAiToBedrockExchangeTest() {
        super(Dialect.OPENAI_CHAT);
    }
}
