package dev.laneway.standalone.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laneway.contracts.Principal;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.kafka.KafkaAccess;
import dev.laneway.runtime.kafka.KafkaEnvironment;
import dev.laneway.services.EmbeddedServices;
import dev.laneway.services.KafkaAcls;
import dev.laneway.services.ServicesConfig;
import dev.laneway.standalone.Main;
import dev.laneway.standalone.cli.StartFailed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rules put in force at a broker, as for one that is not the embedded one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AclsCommandIT {
    private EmbeddedServices services;
    private KafkaAccess kafka;
    private Admin admin;

    @BeforeAll
    void start() throws Exception {
        services = EmbeddedServices.start(
                new ServicesConfig(Path.of("."), true, null, "postgresql://u:p@d/x", "redis://r"));
        kafka = KafkaEnvironment.read(
                Environment.of(services.environment()), services.endpoints().kafkaBootstrapServers());
        admin = Admin.create(new HashMap<String, Object>(services.kafkaAdmin()));
    }

    @AfterAll
    void stop() {
        admin.close();
        services.close();
    }

    @BeforeEach
    void forgetAllRules() throws Exception {
        admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get(20, TimeUnit.SECONDS);
        assertThat(rules()).isEmpty();
    }

    private Collection<AclBinding> rules() throws Exception {
        return admin.describeAcls(AclBindingFilter.ANY).values().get(20, TimeUnit.SECONDS);
    }

    private static AclBinding readingOf(String user, String topic) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", AclOperation.READ, AclPermissionType.ALLOW));
    }

    @Test
    void shouldPutThePlanInForceOnce() throws Exception {
        AclsCommand.apply(kafka, Principal::id);
        String again = AclsCommand.apply(kafka, Principal::id);

        assertThat(rules()).containsExactlyInAnyOrderElementsOf(KafkaAcls.of(Principal::id));
        assertThat(again).contains(" 0 of them new; 0 deleted");
    }

    @Test
    void shouldDeleteWhatItsUsersMayBeyondThePlanAndNothingElse() throws Exception {
        AclBinding stale = readingOf("worker-cloud", "lw.local.bodies");
        List<AclBinding> others = List.of(
                readingOf("worker-cloud", "orders"), readingOf("someone", "lw.usage"), readingOf("admin", "lw.usage"));
        admin.createAcls(others).all().get(20, TimeUnit.SECONDS);
        admin.createAcls(List.of(stale)).all().get(20, TimeUnit.SECONDS);

        String told = AclsCommand.apply(kafka, Principal::id);

        assertThat(rules())
                .containsAll(others)
                .doesNotContain(stale)
                .hasSize(others.size() + KafkaAcls.of(Principal::id).size());
        assertThat(told).contains("1 deleted; 1 of the same users for other things are left");
    }

    @Test
    void shouldCallUsersAsTheBrokerDoes() throws Exception {
        Function<Principal, String> user = principal ->
                KafkaEnvironment.userOf(Environment.of(Map.of("KAFKA_USERNAME_WORKER_CLOUD", "APIKEY7")), principal);

        AclsCommand.apply(kafka, user);

        assertThat(rules())
                .anyMatch(rule -> rule.entry().principal().equals("User:APIKEY7"))
                .noneMatch(rule -> rule.entry().principal().equals("User:worker-cloud"));
    }

    @Test
    void shouldSayThatItNeedsTheAdmin() {
        KafkaAccess one = kafka.only(Set.of(Principal.INGRESS));

        assertThatThrownBy(() -> AclsCommand.apply(one, Principal::id))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("KAFKA_PASSWORD_ADMIN");
    }

    @Test
    void shouldShowEachRuleWithoutABroker() {
        StringWriter shown = new StringWriter();

        int code = Main.commandLine().setOut(new PrintWriter(shown)).execute("acls");

        assertThat(code).isZero();
        assertThat(shown.toString().lines())
                .hasSize(KafkaAcls.of(Principal::id).size())
                .contains("--add --allow-principal User:worker-cloud --operation Read --topic lw.cloud.attempts."
                        + " --resource-pattern-type prefixed")
                .contains("--add --allow-principal User:worker-local --operation Read --group lw.local.workers");
    }
}
