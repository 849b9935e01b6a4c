package dev.laneway.standalone.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RehearsalConfigTest {
    @Test
    void shouldLeadEveryDeploymentToItsSide() {
        Collection<Deployment> deployments =
                Configs.rehearsed().config().deployments().values();

        assertThat(deployments)
                .hasSize(4)
                .allSatisfy(deployment -> assertThat(deployment.baseUrl())
                        .hasToString("http://127.0.0.1:"
                                + Configs.port(deployment.zone().id()) + "/" + deployment.account()));
    }

    @Test
    void shouldKeepZonesAccountsAndModels() {
        GatewayConfig rehearsed = Configs.rehearsed().config();

        assertThat(rehearsed.deployments().values())
                .extracting(Deployment::zone, Deployment::account, Deployment::group, Deployment::vendorModel)
                .isEqualTo(Configs.original().config().deployments().values().stream()
                        .map(one -> tuple(one.zone(), one.account(), one.group(), one.vendorModel()))
                        .toList());
    }

    @Test
    void shouldKeepEveryChainAndRule() {
        GatewayConfig rehearsed = Configs.rehearsed().config();

        assertThat(rehearsed.lanes()).isEqualTo(Configs.original().config().lanes());
        assertThat(hops(rehearsed, "everyday")).isEqualTo(List.of("home", "claude"));
        assertThat(hops(rehearsed, "secure")).isEqualTo(List.of("home"));
        assertThat(Objects.requireNonNull(rehearsed.routes().get("secure")).zone())
                .isEqualTo(Zone.LOCAL);
    }

    @Test
    void shouldTakeKeysHeadersAndFieldsOut() {
        String text = Configs.rehearsed().publishableText();

        assertThat(text).doesNotContain("API_KEY", "master_key", "x-team", "temperature", "sk-");
    }

    @Test
    void shouldGiveEveryDeploymentOfAGroupItsTurn() {
        GatewayConfig rehearsed = Configs.rehearsed().config();

        assertThat(rehearsed.router().numRetries()).isEqualTo(1);
    }

    private static List<String> hops(GatewayConfig config, String route) {
        return Objects.requireNonNull(config.routes().get(route)).chain().stream()
                .map(hop -> hop.name())
                .toList();
    }
}
