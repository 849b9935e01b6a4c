package dev.laneway.runtime.kafka;

import java.util.Map;

/** How Kafka's clients want a name and a password said. */
final class KafkaLogin {
    static final String JAAS = "sasl.jaas.config";
    static final String MECHANISM = "sasl.mechanism";

    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final Map<String, String> MODULES = Map.of(
            "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule",
            "SCRAM-SHA-256", SCRAM,
            "SCRAM-SHA-512", SCRAM);

    private KafkaLogin() {}

    /** Whether a mechanism of SASL takes a name and a password. */
    static boolean takesPasswords(String mechanism) {
        return MODULES.containsKey(mechanism);
    }

    static String jaas(String mechanism, KafkaAccess.Login login) {
        String module = MODULES.get(mechanism);
        if (module == null) {
            throw new IllegalStateException("no mechanism that takes passwords: " + mechanism);
        }
        return module + " required username=" + quoted(login.user()) + " password="
                + quoted(login.password().reveal()) + ";";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
