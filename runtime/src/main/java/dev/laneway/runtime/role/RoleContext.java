package dev.laneway.runtime.role;

import dev.laneway.runtime.catalogue.Catalogue;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.SecretValues;
import dev.laneway.runtime.control.ControlView;
import dev.laneway.runtime.kafka.KafkaAccess;
import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a role stands on.
 *
 * @param vertx the process's Vert.x
 * @param node who this process is
 * @param servers the shared servers
 * @param control the view of the control topic; accounting alone starts before a config is in force
 * @param environment of the process
 * @param literals the literal secrets of this machine's copy of the config file, current at each call
 * @param meters of the process
 * @param prices of deployments, by the catalogue in force
 */
public record RoleContext(
        Vertx vertx,
        Node node,
        Servers servers,
        ControlView control,
        Environment environment,
        Supplier<SecretValues> literals,
        Meters meters,
        Prices prices) {
    public RoleContext {
        Objects.requireNonNull(vertx, "vertx");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(servers, "servers");
        Objects.requireNonNull(control, "control");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(literals, "literals");
        Objects.requireNonNull(meters, "meters");
        Objects.requireNonNull(prices, "prices");
    }

    /** With the prices of this release's catalogue. */
    public RoleContext(
            Vertx vertx,
            Node node,
            Servers servers,
            ControlView control,
            Environment environment,
            Supplier<SecretValues> literals,
            Meters meters) {
        this(vertx, node, servers, control, environment, literals, meters, Prices.of(Catalogue.builtIn()));
    }

    /** To be used as the principal of the role, and of the zone where it works by zones. */
    public KafkaAccess kafka() {
        return servers.kafka();
    }

    /**
     * The shared servers.
     *
     * @param kafka the broker, and as whom this process may use it
     * @param databaseUrl {@code postgresql://user:password@host:port/name}; only accounting and health checks use it
     * @param redisUrl {@code redis://...}
     * @param partitions of new work topics
     */
    public record Servers(
            KafkaAccess kafka,
            @Nullable String databaseUrl,
            @Nullable String redisUrl,
            int partitions) {
        public Servers {
            Objects.requireNonNull(kafka, "kafka");
            if (partitions < 1) {
                throw new IllegalArgumentException("partitions is at least 1");
            }
        }

        /** Without the URLs: they hold passwords. */
        @Override
        public String toString() {
            return "Servers[" + kafka.servers() + "]";
        }
    }

    /**
     * Who a process is.
     *
     * @param instance unique among all processes and starts
     * @param region where it runs; {@value #UNSTATED} where nobody said
     */
    public record Node(String instance, String region) {
        /** The region of a process that was told none: it takes work of every region that is not kept to some. */
        public static final String UNSTATED = "local";

        public Node {
            Objects.requireNonNull(instance, "instance");
            Objects.requireNonNull(region, "region");
        }

        /** Whether a deployment that processes data in a region, or does not say where, is this process's to call. */
        public boolean serves(@Nullable String deploymentRegion) {
            return deploymentRegion == null || deploymentRegion.equals(region) || region.equals(UNSTATED);
        }
    }
}
