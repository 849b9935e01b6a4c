package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OllamaGenerateToBedrockExchangeTest extends BedrockExchangeContract {
    OllamaGenerateToBedrockExchangeTest() {
        super(Dialect.OLLAMA_GENERATE);
    }
}
