package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;

class ResponsesToResponsesExchangeTest extends ExchangeContract {
    ResponsesToResponsesExchangeTest() {
        super(Dialect.OPENAI_RESPONSES, Dialect.OPENAI_RESPONSES);
    }
}
