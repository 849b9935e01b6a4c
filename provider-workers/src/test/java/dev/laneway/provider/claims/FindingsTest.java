package dev.laneway.provider.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Zone;
import dev.laneway.fixtures.RequestFixture;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final Fact.Attempted FACT = new Fact.Attempted(
            Fact.Subject.of(RequestFixture.request().build()),
            "req_1:0:0",
            "d_1",
            "group",
            "openai",
            "acme",
            "model",
            Zone.CLOUD,
            "eu",
            Outcome.SUCCEEDED,
            null,
            200,
            true,
            null,
            1,
            2,
            3,
            null,
            false);

    private final Findings findings = new Findings();

    @Test
    void shouldKnowThatItIsTold() {
        findings.fact(FACT);

        assertThat(findings.remains()).isInstanceOf(Remains.Told.class);
    }

    /** Who told late left the end of the request to whoever asks here. */
    @Test
    void shouldNotTakeALateFactForTheEnd() {
        findings.fact(FACT.asLate());

        assertThat(findings.remains()).isInstanceOf(Remains.Unknown.class);
    }
}
