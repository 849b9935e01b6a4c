package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.ChainHop;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.DeploymentGroup;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.HopOrigin;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Limits;
import dev.laneway.runtime.config.ModelInfo;
import dev.laneway.runtime.config.OnUnknown;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.config.RouterSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttemptTopicsTest {
    private static final String HERE = "lw.cloud.attempts.acme.premium.interactive";
    private static final String DEFERRED = "lw.cloud.attempts.acme.premium.deferred";

    private final AttemptTopics topics = new AttemptTopics(
            Zone.CLOUD,
            config(),
            deployment -> !"far".equals(deployment.region()),
            lane -> lane.regions().isEmpty());

    private static GatewayConfig config() {
        Map<String, Deployment> deployments =
                Map.of("d_1", deployment("d_1", "acme", null), "d_2", deployment("d_2", "faraway", "far"));
        ChainHop hop = new ChainHop("group", List.of("d_1", "d_2"), HopOrigin.CHAIN);
        return new GatewayConfig(
                "v1",
                deployments,
                Map.of("group", new DeploymentGroup("group", List.of("d_1", "d_2"), List.of())),
                Map.of("premium", lane("premium"), "kept", lane("kept", "far")),
                Map.of(
                        "smart",
                        new Route(
                                "smart",
                                "premium",
                                List.of(hop),
                                true,
                                Privacy.CLOUD_ALLOWED,
                                Zone.CLOUD,
                                "",
                                true,
                                List.of())),
                new RouterSettings(2, Duration.ZERO),
                new Limits(1 << 20, Duration.ofMinutes(10), null),
                false,
                null);
    }

    private static Lane lane(String name, String... regions) {
        return new Lane(name, Privacy.CLOUD_ALLOWED, List.of(), 1, OnUnknown.FAIL, false, "", List.of(regions));
    }

    private static Deployment deployment(String id, String account, String region) {
        return new Deployment(
                id,
                "group",
                "acme",
                account,
                "big-model",
                URI.create("http://127.0.0.1:1"),
                null,
                Zone.CLOUD,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                1,
                null,
                Map.of(),
                Map.of(),
                ModelInfo.NONE,
                region);
    }

    @Test
    void shouldReadWhatTheConfigNeeds() {
        assertThat(topics.toRead(Set.of())).containsExactlyInAnyOrder(HERE, DEFERRED);
    }

    @Test
    void shouldReadOnWhatEarlierConfigsLeft() {
        String before = "lw.cloud.attempts.gone.premium.interactive";
        String laneBefore = "lw.cloud.attempts.acme.gone.interactive";

        assertThat(topics.toRead(Set.of(HERE, before, laneBefore)))
                .containsExactlyInAnyOrder(HERE, DEFERRED, before, laneBefore);
    }

    @Test
    void shouldLeaveWhatIsNotItsOwn() {
        assertThat(topics.toRead(Set.of(
                        "lw.cloud.attempts.faraway.premium.interactive",
                        "lw.cloud.attempts.acme.kept.interactive",
                        "lw.local.attempts.acme.premium.interactive",
                        "lw.cloud.requests.premium.interactive",
                        "lw.usage",
                        "other")))
                .containsExactlyInAnyOrder(HERE, DEFERRED);
    }
}
