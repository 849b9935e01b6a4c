package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Outcome;
import dev.laneway.provider.claims.Claim;
import dev.laneway.provider.claims.Remains;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker called that then died, and whose deployment left the config meanwhile. */
class OrphanTest {
    private static final Hold HELD = new Hold(Money.ofDollars("0.5"), 40, List.of("key/a/b@0/9"), false);

    private final List<Money> paid = new CopyOnWriteArrayList<>();
    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig();
        rig.claims = new LocalClaims() {
            @Override
            public Future<Claim> claim(Taken<Attempt> taken) {
                return Future.succeededFuture(new Claim.Orphaned(new Remains.Unknown(3)));
            }

            @Override
            public void paid(Taken<Attempt> taken, Money cost) {
                paid.add(cost);
            }
        };
        rig.open();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private void give(@Nullable Hold hold) {
        Future<Void> done = rig.give(Scene.of("d_gone").takenAgain(hold));
        Rig.until(done::succeeded);
    }

    @Test
    void shouldCostWhatWasHeldForIt() {
        give(HELD);

        Fact.Attempted fact = rig.outbox.facts().getFirst();
        assertThat(fact.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(fact.called()).isTrue();
        assertThat(fact.charge()).isEqualTo(new Charge(HELD.amount(), "held", true));
        assertThat(fact.windows()).isEqualTo(HELD.windows());
        assertThat(paid).containsExactly(HELD.amount());
    }

    @Test
    void shouldTellTheRouterThatItMayHaveBeenCalled() {
        give(null);

        assertThat(rig.kind()).isEqualTo(FailureKind.UNKNOWN);
        assertThat(rig.failed().called()).isTrue();
        assertThat(rig.outbox.facts().getFirst().charge()).isEqualTo(Charge.UNPRICED);
    }
}
