package dev.laneway.router.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void shouldSayTooLargeWhereAVendorDid() {
        Failure failure = new Failure(FailureKind.CONTEXT_WINDOW, "too large", 413, 0);

        int alone = Verdict.status(failure, List.of(FailureKind.CONTEXT_WINDOW), false);

        assertThat(alone).isEqualTo(413);
        assertThat(Verdict.status(failure, List.of(FailureKind.TIMEOUT, FailureKind.CONTEXT_WINDOW), true))
                .isEqualTo(413);
    }

    @Test
    void shouldCallAChainThatFailedForSeveralReasonsABadGateway() {
        Failure failure = new Failure(FailureKind.RATE_LIMITED, "slow down", 429, 1_000);

        int several = Verdict.status(failure, List.of(FailureKind.RATE_LIMITED, FailureKind.TIMEOUT), true);

        assertThat(several).isEqualTo(502);
        assertThat(Verdict.status(failure, List.of(FailureKind.RATE_LIMITED), true))
                .isEqualTo(429);
    }
}
