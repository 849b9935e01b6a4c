package dev.laneway.runtime.kafka;

import dev.laneway.contracts.Principal;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.runtime.config.Secrets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says about logging in to the broker:
 *
 * <ul>
 *   <li>{@code KAFKA_PASSWORD_WORKER_CLOUD} and so on, one for each {@link Principal} that this process is to be, with {@code
 *       KAFKA_USERNAME_WORKER_CLOUD} where its user has another name than the principal ({@code worker-cloud});
 *   <li>or {@code KAFKA_USERNAME} and {@code KAFKA_PASSWORD}: one user for all, which no ACL can keep apart;
 *   <li>{@code KAFKA_SECURITY_PROTOCOL} and {@code KAFKA_SASL_MECHANISM}, unsaid {@code SASL_SSL} and {@code SCRAM-SHA-512} where there is
 *       a password; TLS by {@code KAFKA_SSL_...}; {@code KAFKA_SASL_JAAS_CONFIG} for what takes no password.
 * </ul>
 *
 * Each secret may be in a file, named by the same variable with {@code _FILE} at its end.
 */
public final class KafkaEnvironment {
    private static final String PROTOCOL = "security.protocol";
    /** Client properties by variable. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "KAFKA_SECURITY_PROTOCOL", PROTOCOL,
            "KAFKA_SASL_MECHANISM", KafkaLogin.MECHANISM,
            "KAFKA_SSL_TRUSTSTORE_LOCATION", "ssl.truststore.location",
            "KAFKA_SSL_TRUSTSTORE_TYPE", "ssl.truststore.type",
            "KAFKA_SSL_KEYSTORE_LOCATION", "ssl.keystore.location",
            "KAFKA_SSL_KEYSTORE_TYPE", "ssl.keystore.type");
    /** The same, of those that are secret. */
    private static final Map<String, String> SECRET_PROPERTIES = Map.of(
            "KAFKA_SASL_JAAS_CONFIG", KafkaLogin.JAAS,
            "KAFKA_SSL_TRUSTSTORE_PASSWORD", "ssl.truststore.password",
            "KAFKA_SSL_KEYSTORE_PASSWORD", "ssl.keystore.password",
            "KAFKA_SSL_KEY_PASSWORD", "ssl.key.password");

    private final Environment environment;

    private KafkaEnvironment(Environment environment) {
        this.environment = environment;
    }

    /**
     * Reads it. May block on files.
     *
     * @param servers {@code host:port}, comma-separated
     * @throws IllegalArgumentException with one line that says what is wrong, and repeats no secret
     */
    public static KafkaAccess read(Environment environment, String servers) {
        return new KafkaEnvironment(environment).access(servers);
    }

    /** The variable that holds the password of one. */
    public static String passwordOf(Principal principal) {
        return "KAFKA_PASSWORD_" + principal.name();
    }

    private KafkaAccess access(String servers) {
        Map<String, String> security = new HashMap<>();
        PROPERTIES.forEach((variable, property) -> plain(variable).ifPresent(value -> security.put(property, value)));
        SECRET_PROPERTIES.forEach(
                (variable, property) -> secret(variable).ifPresent(value -> security.put(property, value.reveal())));
        Map<Principal, KafkaAccess.Login> logins = new EnumMap<>(Principal.class);
        for (Principal principal : Principal.values()) {
            secret(passwordOf(principal))
                    .ifPresent(password ->
                            logins.put(principal, new KafkaAccess.Login(userOf(environment, principal), password)));
        }
        Optional<SecretText> common = secret("KAFKA_PASSWORD");
        if (!logins.isEmpty() || common.isPresent()) {
            security.putIfAbsent(PROTOCOL, "SASL_SSL");
            security.putIfAbsent(KafkaLogin.MECHANISM, "SCRAM-SHA-512");
            check(security);
        }
        if (logins.isEmpty() && common.isPresent()) {
            String user = plain("KAFKA_USERNAME")
                    .orElseThrow(() -> new IllegalArgumentException("KAFKA_PASSWORD is set, KAFKA_USERNAME is not"));
            String mechanism = String.valueOf(security.get(KafkaLogin.MECHANISM));
            security.put(KafkaLogin.JAAS, KafkaLogin.jaas(mechanism, new KafkaAccess.Login(user, common.get())));
        }
        return new KafkaAccess(servers, security, logins);
    }

    private static void check(Map<String, String> security) {
        String mechanism = String.valueOf(security.get(KafkaLogin.MECHANISM));
        if (!KafkaLogin.takesPasswords(mechanism)) {
            throw new IllegalArgumentException("KAFKA_SASL_MECHANISM " + mechanism + " takes no password: set"
                    + " KAFKA_SASL_JAAS_CONFIG in place of passwords, or PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");
        }
        String protocol = String.valueOf(security.get(PROTOCOL));
        if (!protocol.startsWith("SASL_")) {
            throw new IllegalArgumentException("KAFKA_SECURITY_PROTOCOL " + protocol
                    + " sends no password, and one is set: it is SASL_SSL, or SASL_PLAINTEXT within a machine");
        }
    }

    /** The broker's name for one. */
    public static String userOf(Environment environment, Principal principal) {
        String named = environment.get("KAFKA_USERNAME_" + principal.name());
        return named == null ? principal.id() : named;
    }

    private Optional<String> plain(String variable) {
        return Optional.ofNullable(environment.get(variable));
    }

    private Optional<SecretText> secret(String variable) {
        return Secrets.stated(environment, variable);
    }
}
