package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class ResponsesToOpenAiExchangeTest extends ExchangeContract {
    ResponsesToOpenAiExchangeTest() {
        super(Dialect.OPENAI_RESPONSES, Dialect.OPENAI_CHAT);
    }
}
