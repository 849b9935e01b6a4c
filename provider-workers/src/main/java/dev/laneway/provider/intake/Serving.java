package dev.laneway.provider.intake;

import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.provider.credentials.AwsKeySource;
import dev.laneway.provider.credentials.Credential;
import dev.laneway.provider.credentials.KeyResolver;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The config in force with what a worker needs beside it: the deployments of its region, their vendors and their keys. Immutable.
 *
 * @param config the config
 * @param deployments those that this worker may call, by id
 */
public record Serving(GatewayConfig config, Map<String, Served> deployments) {
    public Serving {
        Objects.requireNonNull(config, "config");
        deployments = Map.copyOf(deployments);
    }

    /**
     * A deployment that can be called.
     *
     * @param credential what its calls are authorised by
     */
    public record Served(Deployment deployment, ProviderRow provider, Credential credential) {
        public Served {
            Objects.requireNonNull(deployment, "deployment");
            Objects.requireNonNull(provider, "provider");
            Objects.requireNonNull(credential, "credential");
        }

        /** Whether it can't be called, because its credentials aren't there. */
        public boolean keyMissing() {
            return credential instanceof Credential.Missing;
        }
    }

    /**
     * Puts it together; reads secrets, so not on an event loop. A deployment whose vendor this version does not know is left out.
     *
     * @param here whether a deployment is served by this worker's region
     * @param aws whom to ask for a deployment's keys of Amazon's, where they are not stated
     */
    public static Serving load(
            GatewayConfig config,
            Predicate<Deployment> here,
            Function<String, @Nullable ProviderRow> vendors,
            KeyResolver keys,
            Function<Deployment, AwsKeySource> aws) {
        Map<String, Served> served = new HashMap<>();
        for (Deployment deployment : config.deployments().values()) {
            ProviderRow vendor = vendors.apply(deployment.provider());
            if (vendor != null && here.test(deployment)) {
                served.put(
                        deployment.id(),
                        new Served(deployment, vendor, Credential.of(deployment, keys, aws.apply(deployment))));
            }
        }
        return new Serving(config, served);
    }
}
