package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class OpenAiToResponsesExchangeTest extends ExchangeContract {
    OpenAiToResponsesExchangeTest() {
        super(Dialect.OPENAI_CHAT, Dialect.OPENAI_RESPONSES);
    }
}
