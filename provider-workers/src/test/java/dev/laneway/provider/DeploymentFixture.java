package dev.laneway.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.ModelInfo;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A deployment for tests that call nobody. */
public final class DeploymentFixture {
    private DeploymentFixture() {}

    /**
     * {@code d_1} of group {@code group}, on account {@code acme}, of which the config says nothing more.
     *
     * @param extra request fields that are set where the client set none
     */
    public static Deployment deployment(Map<String, JsonNode> extra) {
        return new Deployment(
                "d_1",
                "group",
                "openai",
                "acme",
                "model",
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
