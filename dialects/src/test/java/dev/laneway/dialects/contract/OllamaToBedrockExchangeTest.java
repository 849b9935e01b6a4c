package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OllamaToBedrockExchangeTest extends BedrockExchangeContract {
    OllamaToBedrockExchangeTest() {
        super(Dialect.OLLAMA_CHAT);
    }
}
