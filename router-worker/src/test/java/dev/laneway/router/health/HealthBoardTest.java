package dev.laneway.router.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Health;
import dev.laneway.contracts.Zone;
import dev.laneway.router.Gateway;
import dev.laneway.router.plan.RoutingTable;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.Privacy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthBoardTest {
    private final HealthBoard board = new HealthBoard(Zone.CLOUD);
    private final RoutingTable table = Gateway.version("v1")
            .lane("premium", Privacy.CLOUD_ALLOWED)
            .cloud("first/a")
            .cloud("second/a")
            .cloud("third/b")
            .table(Zone.CLOUD);

    private Health.State state(String deployment, long now) {
        Deployment found = table.deployment(deployment);
        assertThat(found).isNotNull();
        return board.of(found, now).state();
    }

    private void take(String deployment, Health.State state, long until, long observedAt, Zone observer) {
        board.take(new Health(deployment, deployment.split("/")[1], state, until, null, observedAt, observer, null));
    }

    private void take(String deployment, Health.State state, long until, long observedAt) {
        board.take(new Health(deployment, deployment.split("/")[1], state, until, null, observedAt));
    }

    @Test
    void shouldPauseEveryDeploymentOfAnAccount() {
        take("first/a", Health.State.PAUSED, 2_000, 1_000);

        assertThat(state("first/a", 1_500)).isEqualTo(Health.State.PAUSED);
        assertThat(state("second/a", 1_500)).isEqualTo(Health.State.PAUSED);
        assertThat(state("third/b", 1_500)).isEqualTo(Health.State.SERVING);
    }

    @Test
    void shouldForgetAPauseAtItsEnd() {
        take("first/a", Health.State.PAUSED, 2_000, 1_000);

        assertThat(state("first/a", 2_000)).isEqualTo(Health.State.SERVING);
    }

    @Test
    void shouldNotLiftAPauseBecauseAnEarlierCallSucceeded() {
        take("first/a", Health.State.PAUSED, 2_000, 1_000);
        take("first/a", Health.State.SERVING, 0, 1_100);

        assertThat(state("first/a", 1_500)).isEqualTo(Health.State.PAUSED);
    }

    @Test
    void shouldBelieveTheLastToObserve() {
        take("first/a", Health.State.SERVING, 0, 1_100);
        take("first/a", Health.State.COOLING, 9_000, 1_000);

        assertThat(state("first/a", 1_500)).isEqualTo(Health.State.SERVING);
    }

    @Test
    void shouldAskAgainAfterALongTimeOutOfService() {
        take("first/a", Health.State.OUT_OF_SERVICE, 0, 1_000);

        assertThat(state("first/a", 1_000 + HealthBoard.HOLDS_MILLIS - 1)).isEqualTo(Health.State.OUT_OF_SERVICE);
        assertThat(state("first/a", 1_000 + HealthBoard.HOLDS_MILLIS)).isEqualTo(Health.State.SERVING);
    }

    @ParameterizedTest
    @CsvSource({"LOCAL, SERVING", "CLOUD, OUT_OF_SERVICE", ", OUT_OF_SERVICE"})
    void shouldGoByTheCredentialsOfItsOwnZone(Zone observer, Health.State expected) {
        take("first/a", Health.State.OUT_OF_SERVICE, 9_000, 1_000, observer);

        assertThat(state("first/a", 1_500)).isEqualTo(expected);
    }

    @Test
    void shouldNotServeAgainBecauseAnotherZoneFoundItsKey() {
        take("first/a", Health.State.OUT_OF_SERVICE, 9_000, 1_000, Zone.CLOUD);
        take("first/a", Health.State.SERVING, 0, 1_100, Zone.LOCAL);

        assertThat(state("first/a", 1_500)).isEqualTo(Health.State.OUT_OF_SERVICE);
    }

    @Test
    void shouldServeAgainWhenItsOwnZoneFoundItsKey() {
        take("first/a", Health.State.OUT_OF_SERVICE, 9_000, 1_000, Zone.CLOUD);
        take("first/a", Health.State.SERVING, 0, 1_100, Zone.CLOUD);

        assertThat(state("first/a", 1_500)).isEqualTo(Health.State.SERVING);
    }

    @Test
    void shouldCoolAndServeByTheWordOfAnyZone() {
        take("first/a", Health.State.COOLING, 9_000, 1_000, Zone.LOCAL);
        Health.State cooling = state("first/a", 1_050);
        take("first/a", Health.State.SERVING, 0, 1_100, Zone.CLOUD);

        assertThat(cooling).isEqualTo(Health.State.COOLING);
        assertThat(state("first/a", 1_500)).isEqualTo(Health.State.SERVING);
    }

    @Test
    void shouldForgetTheOldestWhenItIsFull() {
        take("first/a", Health.State.COOLING, 1L << 40, 1_000);
        for (int i = 0; i < HealthBoard.MAX_ENTRIES; i++) {
            take("other" + i + "/c", Health.State.COOLING, 1L << 40, 1_000);
        }

        assertThat(state("first/a", 1_500)).isEqualTo(Health.State.SERVING);
    }
}
