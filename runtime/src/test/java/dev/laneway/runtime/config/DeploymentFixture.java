package dev.laneway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Zone;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Deployments for tests that ask what a call may cost. */
public final class DeploymentFixture {
    private DeploymentFixture() {}

    /**
     * {@code d_1} of group {@code route} in the cloud, of which the config says nothing more.
     *
     * @param extra request fields that are set where the client set none
     */
    public static Deployment deployment(String provider, String model, Map<String, JsonNode> extra) {
        return new Deployment(
                "d_1",
                "route",
                provider,
                "account",
                model,
                URI.create("https://vendor.example"),
                null,
                Zone.CLOUD,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1,
                null,
                extra,
                Map.of(),
                ModelInfo.NONE,
                null);
    }
}
