package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OpenAiToOpenAiExchangeTest extends ExchangeContract {
    OpenAiToOpenAiExchangeTest() {
        super(Dialect.OPENAI_CHAT, Dialect.OPENAI_CHAT);
    }
}
