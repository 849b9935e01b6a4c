package dev.laneway.services;

import dev.laneway.contracts.Principal;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who may log in to the embedded broker, by passwords that the data folder keeps. SASL's PLAIN, because this is loopback, where nothing
 * passes that others could read, and because it costs a start nothing.
 *
 * @param passwords by name of the user
 * @param broker the one as whom the broker itself speaks to its controller
 */
record KafkaUsers(Map<Principal, String> passwords, String broker) {
    static final String MECHANISM = "PLAIN";

    private static final String BROKER = "broker";
    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";

    /** Those of a folder; made where it has none yet. */
    static KafkaUsers of(DataFolder folder) throws IOException {
        Map<Principal, String> passwords = new EnumMap<>(Principal.class);
        for (Principal principal : Principal.values()) {
            passwords.put(principal, folder.secret("kafka-" + principal.id()));
        }
        return new KafkaUsers(Collections.unmodifiableMap(passwords), folder.secret("kafka-" + BROKER));
    }

    /** What the listener for clients is told: all users, and as whom it speaks to others of its kind. */
    String ofClients() {
        return passwords.entrySet().stream()
                .map(user -> user(user.getKey().id(), user.getValue()))
                .collect(Collectors.joining(" ", itself() + " ", ";"));
    }

    /** What the controller's listener is told: it serves the broker alone. */
    String ofController() {
        return itself() + ";";
    }

    String superUsers() {
        return "User:" + BROKER + ";User:" + Principal.ADMIN.id();
    }

    /** What makes roles use these users, by the names of the environment's variables. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT");
        environment.put("KAFKA_SASL_MECHANISM", MECHANISM);
        passwords.forEach((principal, password) -> environment.put("KAFKA_PASSWORD_" + principal.name(), password));
        return environment;
    }

    /** What makes a Kafka client one of the users. */
    Map<String, String> client(Principal principal) {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                MODULE + " required username=\"" + principal.id() + "\" password=\"" + passwords.get(principal)
                        + "\";");
    }

    private String itself() {
        return MODULE + " required username=\"" + BROKER + "\" password=\"" + broker + "\" " + user(BROKER, broker);
    }

    private static String user(String name, String password) {
        return "user_" + name + "=\"" + password + "\"";
    }

    /** Leaves the passwords out. */
    @Override
    public String toString() {
        return "KafkaUsers" + passwords.keySet();
    }
}
