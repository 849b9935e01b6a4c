package dev.laneway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.AccessPlan.Kind;
import dev.laneway.contracts.AccessPlan.Right;
import dev.laneway.contracts.AccessPlan.Rule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AccessPlanTest {
    private static final List<Principal> OF_THE_CLOUD = List.of(Principal.ROUTER_CLOUD, Principal.WORKER_CLOUD);
    private static final List<Principal> OF_LOCAL = List.of(Principal.ROUTER_LOCAL, Principal.WORKER_LOCAL);

    private static Stream<String> topicsOf(Zone zone) {
        return Stream.of(
                Topics.requests(zone, "lane", WorkClass.INTERACTIVE),
                Topics.attempts(zone, "account", "lane", WorkClass.DEFERRED),
                Topics.failures(zone, "lane", WorkClass.INTERACTIVE),
                Topics.replies(zone),
                Topics.signals(zone),
                Topics.bodies(zone),
                Topics.dead(zone, "lane"));
    }

    static Stream<String> everyTopic() {
        return Stream.concat(
                Stream.of(Topics.CONTROL, Topics.COMMANDS, Topics.REFUSALS, Topics.USAGE, Topics.HEALTH),
                Stream.of(Zone.values()).flatMap(AccessPlanTest::topicsOf));
    }

    private static boolean covers(Rule rule, String name) {
        return rule.prefix() ? name.startsWith(rule.name()) : name.equals(rule.name());
    }

    private static Stream<Principal> who(Right right, String topic) {
        return AccessPlan.rules().stream()
                .filter(rule -> rule.kind() == Kind.TOPIC && rule.rights().contains(right) && covers(rule, topic))
                .map(Rule::principal);
    }

    @Test
    void shouldSayNothingAboutLocalTopicsToWhoWorksForTheCloud() {
        assertThat(AccessPlan.rules())
                .filteredOn(rule -> OF_THE_CLOUD.contains(rule.principal()))
                .isNotEmpty()
                .noneMatch(rule -> topicsOf(Zone.LOCAL).anyMatch(topic -> covers(rule, topic)))
                .noneMatch(rule -> covers(rule, "lw.local.") || "lw.local.".startsWith(rule.name()));
    }

    @Test
    void shouldSayNothingAboutCloudTopicsToWhoWorksForLocal() {
        assertThat(AccessPlan.rules())
                .filteredOn(rule -> OF_LOCAL.contains(rule.principal()))
                .isNotEmpty()
                .noneMatch(rule -> topicsOf(Zone.CLOUD).anyMatch(topic -> covers(rule, topic)));
    }

    @ParameterizedTest
    @MethodSource("everyTopic")
    void shouldLetSomebodyWriteEachTopic(String topic) {
        assertThat(who(Right.WRITE, topic)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyTopic")
    void shouldLetSomebodyReadEachTopicButDeadLetters(String topic) {
        if (topic.contains(".dead.")) {
            assertThat(who(Right.READ, topic)).isEmpty();
        } else {
            assertThat(who(Right.READ, topic)).isNotEmpty();
        }
    }

    @Test
    void shouldLetOnlyAccountingMakeTopics() {
        assertThat(AccessPlan.rules().stream()
                        .filter(rule -> rule.rights().contains(Right.CREATE))
                        .map(Rule::principal))
                .containsOnly(Principal.ACCOUNTING);
    }

    @Test
    void shouldShowBodiesOnlyToWhoNeedsThem() {
        Set<Principal> readers = Set.of(Principal.ROUTER_LOCAL, Principal.WORKER_LOCAL, Principal.INGRESS);

        assertThat(topicsOf(Zone.LOCAL).flatMap(topic -> who(Right.READ, topic)))
                .isSubsetOf(readers);
    }

    @ParameterizedTest
    @EnumSource(Zone.class)
    void shouldGiveEachGroupToOneAlone(Zone zone) {
        for (String group : List.of(Groups.routers(zone), Groups.workers(zone), Groups.ACCOUNTING)) {
            assertThat(AccessPlan.rules().stream()
                            .filter(rule -> rule.kind() == Kind.GROUP
                                    && rule.rights().contains(Right.READ)
                                    && covers(rule, group)))
                    .hasSize(1);
        }
    }
}
