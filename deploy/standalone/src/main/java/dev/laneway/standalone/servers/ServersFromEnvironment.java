package dev.laneway.standalone.servers;

import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.MasterKeys;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.runtime.config.Secrets;
import dev.laneway.runtime.kafka.KafkaAccess;
import dev.laneway.runtime.kafka.KafkaEnvironment;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.services.EmbeddedServices;
import dev.laneway.services.Endpoints;
import dev.laneway.standalone.cli.StartFailed;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a process learns of the shared servers and of itself. */
public final class ServersFromEnvironment {
    private static final String KAFKA = "KAFKA_BOOTSTRAP_SERVERS";
    private static final int PARTITIONS = 4;

    private ServersFromEnvironment() {}

    /**
     * For a role alone: all servers are others'.
     *
     * @throws StartFailed where one that it needs is not named, or what is named can't be read
     */
    public static RoleContext.Servers read(Environment environment) throws StartFailed {
        masterKeys(environment);
        return new RoleContext.Servers(
                kafka(environment), database(environment), redis(environment), partitions(environment));
    }

    /** With its password, so it may be in a file. */
    static @Nullable String database(Environment environment) throws StartFailed {
        return secret(environment, "DATABASE_URL");
    }

    /** With its password, so it may be in a file. */
    static @Nullable String redis(Environment environment) throws StartFailed {
        return secret(environment, "REDIS_URL");
    }

    /**
     * Says so at the start where a key that the environment names is not there.
     *
     * @throws StartFailed with the line that says which
     */
    public static void masterKeys(Environment environment) throws StartFailed {
        try {
            MasterKeys.check(environment);
        } catch (IllegalArgumentException e) {
            throw new StartFailed(String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable String secret(Environment environment, String name) throws StartFailed {
        try {
            return Secrets.stated(environment, name).map(SecretText::reveal).orElse(null);
        } catch (IllegalArgumentException e) {
            throw new StartFailed(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * For all roles in one process: the embedded broker's users are its own, an external one's are in the environment.
     *
     * @throws StartFailed where what the environment says of them can't be read
     */
    public static RoleContext.Servers of(Environment environment, EmbeddedServices services) throws StartFailed {
        Environment users = environment.get(KAFKA) == null ? Environment.of(services.environment()) : environment;
        Endpoints endpoints = services.endpoints();
        return new RoleContext.Servers(
                access(users, endpoints.kafkaBootstrapServers()),
                endpoints.databaseUrl(),
                endpoints.redisUrl(),
                partitions(environment));
    }

    /** The broker that the environment names. */
    static KafkaAccess kafka(Environment environment) throws StartFailed {
        String kafka = environment.get(KAFKA);
        if (kafka == null) {
            throw new StartFailed("KAFKA_BOOTSTRAP_SERVERS is not set: this needs the shared servers;"
                    + " ./laneway services starts some and prints what to set");
        }
        return access(environment, kafka);
    }

    /** This process: a random name for it, and {@code LANEWAY_REGION}, {@code local} where that is not set. */
    public static RoleContext.Node node(Environment environment) {
        String region = environment.get("LANEWAY_REGION");
        return new RoleContext.Node(UUID.randomUUID().toString(), region == null ? "local" : region);
    }

    private static KafkaAccess access(Environment environment, String servers) throws StartFailed {
        try {
            return KafkaEnvironment.read(environment, servers);
        } catch (IllegalArgumentException e) {
            throw new StartFailed(String.valueOf(e.getMessage()), e);
        }
    }

    private static int partitions(Environment environment) throws StartFailed {
        String text = environment.get("LANEWAY_TOPIC_PARTITIONS");
        if (text == null) {
            return PARTITIONS;
        }
        try {
            int partitions = Integer.parseInt(text);
            if (partitions >= 1 && partitions <= 1000) {
                return partitions;
            }
        } catch (NumberFormatException e) {
            throw new StartFailed("LANEWAY_TOPIC_PARTITIONS is not a number: " + text, e);
        }
        throw new StartFailed("LANEWAY_TOPIC_PARTITIONS is from 1 to 1000, not " + text);
    }
}
