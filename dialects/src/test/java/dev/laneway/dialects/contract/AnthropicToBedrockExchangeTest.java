package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class AnthropicToBedrockExchangeTest extends BedrockExchangeContract {
    AnthropicToBedrockExchangeTest() {
        super(Dialect.ANTHROPIC_MESSAGES);
    }
}
