package dev.laneway.runtime.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Principal;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.kafka.KafkaAccess;
import dev.laneway.runtime.kafka.KafkaEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docker-compose.yml} gives to whom. It is only read here: no container runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComposeTest {
    private static final Pattern FILE = Pattern.compile("/run/secrets/([a-z_]+)");
    /** As Kafka's own provider of secrets reads it; Compose makes one dollar of two. */
    private static final Pattern IN_OPTIONS = Pattern.compile("\\$\\$\\{secrets:/run/secrets:([a-z_]+)}");

    private static final Map<String, Principal> SERVICES = Map.of(
            "acls", Principal.ADMIN,
            "accounting", Principal.ACCOUNTING,
            "ingress", Principal.INGRESS,
            "router-local", Principal.ROUTER_LOCAL,
            "router-cloud", Principal.ROUTER_CLOUD,
            "worker-local", Principal.WORKER_LOCAL,
            "worker-cloud", Principal.WORKER_CLOUD);

    private Map<String, Object> services;

    @BeforeAll
    void read() throws Exception {
        Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Path.of("../docker-compose.yml")));
        services = map(file.get("services"));
    }

    @SuppressWarnings("unchecked") // a YAML mapping with names for keys
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    /** A service's environment, with {@code pw-NAME} for the content of each secret's file, as if it were in no file. */
    private Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        map(map(services.get(service)).getOrDefault("environment", Map.of())).forEach((name, value) -> {
            Matcher file = FILE.matcher(value.toString());
            if (name.endsWith("_FILE") && file.matches()) {
                environment.put(name.substring(0, name.length() - "_FILE".length()), secret(file));
            } else {
                environment.put(name, IN_OPTIONS.matcher(value.toString()).replaceAll(ComposeTest::secret));
            }
        });
        return environment;
    }

    private static String secret(MatchResult found) {
        return "pw-" + found.group(1).toUpperCase(Locale.ROOT);
    }

    static Stream<String> roles() {
        return SERVICES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("roles")
    void shouldGiveEachServiceItsOwnPasswordAndNoOther(String service) {
        KafkaAccess access = KafkaEnvironment.read(Environment.of(environment(service)), "kafka:9092");

        assertThat(access.logins().keySet()).containsExactly(SERVICES.get(service));
        assertThat(access.as(SERVICES.get(service)).security())
                .containsEntry("security.protocol", "SASL_PLAINTEXT")
                .containsEntry("sasl.mechanism", "PLAIN");
    }

    @Test
    void shouldLetInExactlyWhomTheServicesAre() {
        Map<String, String> options = new HashMap<>();
        loginsOf("KAFKA_LISTENER_NAME_CLIENTS_PLAIN_SASL_JAAS_CONFIG", "CLIENTS")
                .forEach((name, value) -> options.put(name, value.toString()));

        Map<String, String> expected = new HashMap<>(Map.of(
                "username",
                "broker",
                "password",
                "pw-KAFKA_PASSWORD_BROKER",
                "user_broker",
                "pw-KAFKA_PASSWORD_BROKER"));
        for (Principal principal : Principal.values()) {
            expected.put("user_" + principal.id(), "pw-" + KafkaEnvironment.passwordOf(principal));
        }
        assertThat(options).isEqualTo(expected);
    }

    @Test
    void shouldLetOnlyTheBrokerSpeakToItsController() {
        assertThat(loginsOf("KAFKA_LISTENER_NAME_CONTROLLER_PLAIN_SASL_JAAS_CONFIG", "CONTROLLER")
                        .keySet())
                .isEqualTo(Set.of("username", "password", "user_broker"));
    }

    /** As the broker's own parser reads it. */
    private Map<String, ?> loginsOf(String variable, String listener) {
        return JaasContext.loadServerContext(
                        ListenerName.normalised(listener),
                        "PLAIN",
                        Map.of(
                                "plain.sasl.jaas.config",
                                new Password(environment("kafka").get(variable))))
                .configurationEntries()
                .getFirst()
                .getOptions();
    }

    @Test
    void shouldRefuseWhatNoRuleAllows() {
        assertThat(environment("kafka"))
                .containsEntry("KAFKA_AUTHORIZER_CLASS_NAME", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .containsEntry("KAFKA_ALLOW_EVERYONE_IF_NO_ACL_FOUND", "false")
                .containsEntry("KAFKA_SUPER_USERS", "User:broker;User:admin")
                .containsEntry(
                        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
    }

    @Test
    void shouldGiveNoVendorsKeyToWhoDoesWorkThatMayNotLeave() {
        for (String service : List.of("worker-local", "router-local", "router-cloud", "ingress", "acls")) {
            assertThat(environment(service)).doesNotContainKeys("OPENAI_API_KEY", "ANTHROPIC_API_KEY");
        }
        assertThat(Optional.ofNullable(environment("worker-cloud").get("OPENAI_API_KEY")))
                .isPresent();
    }
}
