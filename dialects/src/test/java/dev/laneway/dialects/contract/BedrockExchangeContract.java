package dev.laneway.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.bedrock.EventStreams;
import org.junit.jupiter.api.Test;

/** The contract where the vendor's stream is binary: it has no lines, and its formal end is the metadata. */
abstract class BedrockExchangeContract extends ExchangeContract {
    BedrockExchangeContract(Dialect caller) {
        super(caller, VendorOnlyDialect.BEDROCK_CONVERSE);
    }

    @Test
    @Override
    void shouldForgiveAMissingFormalEndAndGiveOne() {
        var heard = hear(true, EventStreams.join(new BedrockVoice().beginning(), BedrockVoice.stopped("end_turn")));

        assertThat(heard.whole()).isTrue();
    }

    @Override
    void shouldForgiveOtherLineEndsAndAMissingLastOne() {
        // there are no lines
    }
}
