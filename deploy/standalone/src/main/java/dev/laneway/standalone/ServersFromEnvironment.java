package dev.laneway.standalone;

import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.services.Endpoints;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a process learns of the shared servers and of itself. */
final class ServersFromEnvironment {
    /** Client properties of Kafka that an environment may set: {@code KAFKA_SASL_MECHANISM} is {@code sasl.mechanism}. */
    private static final Map<String, String> SECURITY = Map.of(
            "KAFKA_SECURITY_PROTOCOL", "security.protocol",
            "KAFKA_SASL_MECHANISM", "sasl.mechanism",
            "KAFKA_SASL_JAAS_CONFIG", "sasl.jaas.config",
            "KAFKA_SSL_TRUSTSTORE_LOCATION", "ssl.truststore.location",
            "KAFKA_SSL_TRUSTSTORE_PASSWORD", "ssl.truststore.password",
            "KAFKA_SSL_TRUSTSTORE_TYPE", "ssl.truststore.type",
            "KAFKA_SSL_KEYSTORE_LOCATION", "ssl.keystore.location",
            "KAFKA_SSL_KEYSTORE_PASSWORD", "ssl.keystore.password",
            "KAFKA_SSL_KEYSTORE_TYPE", "ssl.keystore.type");

    private static final int PARTITIONS = 4;

    private ServersFromEnvironment() {}

    /** For a role alone: all servers are others'. */
    static RoleContext.Servers read(Environment environment) throws StartFailed {
        String kafka = environment.get("KAFKA_BOOTSTRAP_SERVERS");
        if (kafka == null) {
            throw new StartFailed("KAFKA_BOOTSTRAP_SERVERS is not set: a role alone needs the shared servers;"
                    + " ./laneway services starts some and prints what to set");
        }
        return servers(environment, kafka, environment.get("DATABASE_URL"), environment.get("REDIS_URL"));
    }

    /** For all roles in one process. */
    static RoleContext.Servers of(Environment environment, Endpoints endpoints) throws StartFailed {
        return servers(environment, endpoints.kafkaBootstrapServers(), endpoints.databaseUrl(), endpoints.redisUrl());
    }

    static RoleContext.Node node(Environment environment) {
        String region = environment.get("LANEWAY_REGION");
        return new RoleContext.Node(UUID.randomUUID().toString(), region == null ? "local" : region);
    }

    private static RoleContext.Servers servers(
            Environment environment, String kafka, @Nullable String database, @Nullable String redis)
            throws StartFailed {
        Map<String, String> security = new LinkedHashMap<>();
        SECURITY.forEach((variable, property) -> {
            String value = environment.get(variable);
            if (value != null) {
                security.put(property, value);
            }
        });
        return new RoleContext.Servers(new KafkaSettings(kafka, security), database, redis, partitions(environment));
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
