package dev.laneway.e2e;

import dev.laneway.contracts.Principal;
import dev.laneway.runtime.kafka.KafkaAccess;
import dev.laneway.runtime.kafka.KafkaEnvironment;
import dev.laneway.runtime.kafka.KafkaSettings;
import java.util.HashMap;
import java.util.Map;

/** How tests use the broker: as whoever may do everything there, unless said otherwise. */
final class Brokers {
    private Brokers() {}

    /** For the project's own clients. */
    static KafkaSettings operator(KafkaAccess kafka) {
        return kafka.as(Principal.ADMIN);
    }

    /** For Kafka's bare clients. */
    static Map<String, Object> client(KafkaAccess kafka) {
        return client(operator(kafka));
    }

    static Map<String, Object> client(KafkaSettings kafka) {
        Map<String, Object> client = new HashMap<>(kafka.security());
        client.put("bootstrap.servers", kafka.bootstrapServers());
        return client;
    }

    /** Of clients' properties, for the project's own. */
    static KafkaSettings settings(Map<String, Object> client) {
        Map<String, String> security = new HashMap<>();
        client.forEach((name, value) -> security.put(name, String.valueOf(value)));
        String servers = String.valueOf(security.remove("bootstrap.servers"));
        return new KafkaSettings(servers, Principal.ADMIN.id(), security);
    }

    /** What a process is told that may be whoever this one may be. */
    static Map<String, String> environment(KafkaAccess kafka) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.servers());
        environment.put("KAFKA_SECURITY_PROTOCOL", kafka.security().get("security.protocol"));
        environment.put("KAFKA_SASL_MECHANISM", kafka.security().get("sasl.mechanism"));
        kafka.logins()
                .forEach((principal, login) -> environment.put(
                        KafkaEnvironment.passwordOf(principal), login.password().reveal()));
        return environment;
    }
}
