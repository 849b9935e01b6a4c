package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.laneway.contracts.AccessPlan;
import dev.laneway.contracts.Groups;
import dev.laneway.contracts.Principal;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each user of the embedded broker can do with each topic and group, tried at the broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessIT {
    private static final long SECONDS = 20;

    @TempDir
    static Path folder;

    private final List<String> topics = topics();
    private final Map<Principal, Admin> admins = new EnumMap<>(Principal.class);
    private EmbeddedServices services;

    @BeforeAll
    void start() throws Exception {
        services = EmbeddedServices.start(onlyKafka(folder));
        for (Principal principal : Principal.values()) {
            admins.put(principal, Admin.create(client(principal)));
        }
        as(Principal.ADMIN)
                .createTopics(topics.stream()
                        .map(name -> new NewTopic(name, 1, (short) 1))
                        .toList())
                .all()
                .get(SECONDS, TimeUnit.SECONDS);
    }

    @AfterAll
    void stop() {
        admins.values().forEach(admin -> admin.close(Duration.ofSeconds(1)));
        services.close();
    }

    private static ServicesConfig onlyKafka(Path folder) {
        return new ServicesConfig(folder, false, null, "postgresql://u:p@d/x", "redis://r");
    }

    /** One of each kind, in both zones. */
    private static List<String> topics() {
        List<String> topics =
                new ArrayList<>(List.of(Topics.USAGE, Topics.HEALTH, Topics.CONTROL, Topics.COMMANDS, Topics.REFUSALS));
        for (Zone zone : Zone.values()) {
            topics.addAll(List.of(
                    Topics.requests(zone, "lane", WorkClass.INTERACTIVE),
                    Topics.attempts(zone, "account", "lane", WorkClass.DEFERRED),
                    Topics.failures(zone, "lane", WorkClass.INTERACTIVE),
                    Topics.replies(zone),
                    Topics.signals(zone),
                    Topics.bodies(zone),
                    Topics.dead(zone, "lane")));
        }
        return topics;
    }

    private static List<String> groups() {
        List<String> groups = new ArrayList<>(List.of(Groups.ACCOUNTING));
        for (Zone zone : Zone.values()) {
            groups.add(Groups.routers(zone));
            groups.add(Groups.workers(zone));
        }
        return groups;
    }

    private Map<String, Object> client(Principal principal) {
        Map<String, Object> client = new HashMap<>(services.kafkaClient(principal));
        client.put("request.timeout.ms", "10000");
        client.put("default.api.timeout.ms", "15000");
        client.put("allow.auto.create.topics", "false");
        return client;
    }

    private Admin as(Principal principal) {
        return admins.get(principal);
    }

    /** Said once more, in plain words: a table that was made from the rules would agree with whatever they say. */
    private static Set<String> mayRead(Principal principal) {
        return switch (principal) {
            case ADMIN -> Set.copyOf(topics());
            case ACCOUNTING -> Set.of("lw.control", "lw.usage", "lw.commands", "lw.refusals");
            case INGRESS ->
                Set.of(
                        "lw.control",
                        "lw.refusals",
                        "lw.usage",
                        "lw.local.requests.lane.interactive",
                        "lw.cloud.requests.lane.interactive",
                        "lw.local.bodies",
                        "lw.cloud.bodies",
                        "lw.local.replies",
                        "lw.cloud.replies");
            case ROUTER_LOCAL -> routerReads("local");
            case ROUTER_CLOUD -> routerReads("cloud");
            case WORKER_LOCAL -> workerReads("local");
            case WORKER_CLOUD -> workerReads("cloud");
        };
    }

    private static Set<String> routerReads(String zone) {
        return Set.of(
                "lw.control",
                "lw.health",
                "lw.usage",
                "lw." + zone + ".attempts.account.lane.deferred",
                "lw." + zone + ".requests.lane.interactive",
                "lw." + zone + ".failures.lane.interactive",
                "lw." + zone + ".signals");
    }

    private static Set<String> workerReads(String zone) {
        return Set.of(
                "lw.control",
                "lw.usage",
                "lw." + zone + ".failures.lane.interactive",
                "lw." + zone + ".replies",
                "lw." + zone + ".attempts.account.lane.deferred",
                "lw." + zone + ".signals",
                "lw." + zone + ".bodies");
    }

    private static Set<String> mayWrite(Principal principal) {
        return switch (principal) {
            case ADMIN -> Set.copyOf(topics());
            case ACCOUNTING -> Set.of("lw.control", "lw.refusals");
            case INGRESS ->
                Set.of(
                        "lw.commands",
                        "lw.usage",
                        "lw.local.requests.lane.interactive",
                        "lw.cloud.requests.lane.interactive",
                        "lw.local.bodies",
                        "lw.cloud.bodies",
                        "lw.local.signals",
                        "lw.cloud.signals");
            case ROUTER_LOCAL -> routerWrites("local");
            case ROUTER_CLOUD -> routerWrites("cloud");
            case WORKER_LOCAL -> workerWrites("local");
            case WORKER_CLOUD -> workerWrites("cloud");
        };
    }

    private static Set<String> routerWrites(String zone) {
        return Set.of(
                "lw." + zone + ".attempts.account.lane.deferred",
                "lw." + zone + ".replies",
                "lw." + zone + ".dead.lane",
                "lw.usage");
    }

    private static Set<String> workerWrites(String zone) {
        return Set.of(
                "lw." + zone + ".failures.lane.interactive",
                "lw." + zone + ".replies",
                "lw." + zone + ".dead.lane",
                "lw.usage",
                "lw.health");
    }

    private static Set<String> groupsOf(Principal principal) {
        return switch (principal) {
            case ADMIN -> Set.copyOf(groups());
            case ACCOUNTING -> Set.of("lw.accounting");
            case INGRESS -> Set.of();
            case ROUTER_LOCAL -> Set.of("lw.local.router");
            case ROUTER_CLOUD -> Set.of("lw.cloud.router");
            case WORKER_LOCAL -> Set.of("lw.local.workers");
            case WORKER_CLOUD -> Set.of("lw.cloud.workers");
        };
    }

    private interface Deed {
        void run() throws Exception;
    }

    /** Whether the broker lets it happen; any other failure is one of the test. */
    private static boolean allowed(Deed deed) {
        Throwable failure = catchThrowable(deed::run);
        if (failure == null) {
            return true;
        }
        Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
        assertThat(cause).isInstanceOf(AuthorizationException.class);
        return false;
    }

    @ParameterizedTest
    @EnumSource(Principal.class)
    void shouldReadOnlyWhatItMay(Principal principal) {
        Set<String> read = new TreeSet<>();
        for (String topic : topics) {
            Map<String, Object> settings = client(principal);
            settings.put("auto.offset.reset", "earliest");
            TopicPartition partition = new TopicPartition(topic, 0);
            try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
                consumer.assign(Set.of(partition));
                if (allowed(() -> {
                    // no offset is asked for, which whoever may write can do too
                    consumer.seek(partition, 0);
                    for (int polls = 0; polls < 3; polls++) {
                        consumer.poll(Duration.ofMillis(150));
                    }
                })) {
                    read.add(topic);
                }
            }
        }

        assertThat(read).isEqualTo(new TreeSet<>(mayRead(principal)));
    }

    @ParameterizedTest
    @EnumSource(Principal.class)
    void shouldWriteOnlyWhereItMay(Principal principal) {
        Map<String, Object> settings = client(principal);
        settings.put("acks", "all");
        settings.put("max.block.ms", "15000");
        Set<String> written = new TreeSet<>();
        for (String topic : topics) {
            // one that was refused once is no use any more
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                if (allowed(() ->
                        producer.send(new ProducerRecord<>(topic, "k", "v")).get(SECONDS, TimeUnit.SECONDS))) {
                    written.add(topic);
                }
            }
        }

        assertThat(written).isEqualTo(new TreeSet<>(mayWrite(principal)));
    }

    @ParameterizedTest
    @EnumSource(Principal.class)
    void shouldSeeOnlyWhatItUses(Principal principal) throws Exception {
        Set<String> seen = as(principal).listTopics().names().get(SECONDS, TimeUnit.SECONDS);

        Set<String> used = new TreeSet<>(mayRead(principal));
        used.addAll(mayWrite(principal));
        assertThat(new TreeSet<>(seen)).isEqualTo(principal == Principal.ACCOUNTING ? new TreeSet<>(topics) : used);
    }

    @ParameterizedTest
    @EnumSource(Principal.class)
    void shouldUseOnlyItsGroups(Principal principal) {
        String topic = mayRead(principal).iterator().next();
        Map<TopicPartition, OffsetAndMetadata> offset = Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0));
        Set<String> used = new TreeSet<>();
        for (String group : groups()) {
            if (allowed(() ->
                    as(principal).alterConsumerGroupOffsets(group, offset).all().get(SECONDS, TimeUnit.SECONDS))) {
                used.add(group);
            }
        }

        assertThat(used).isEqualTo(new TreeSet<>(groupsOf(principal)));
    }

    static Stream<String> localTopics() {
        return topics().stream().filter(topic -> topic.startsWith("lw.local."));
    }

    /** Not even that it is there: the answer is the same for a topic that doesn't exist. */
    @ParameterizedTest
    @MethodSource("localTopics")
    void shouldHideFromTheCloudsWorkersWhatIsLocal(String topic) {
        for (Principal principal : List.of(Principal.WORKER_CLOUD, Principal.ROUTER_CLOUD)) {
            Admin admin = as(principal);

            assertThat(catchThrowable(() ->
                            admin.describeTopics(Set.of(topic)).allTopicNames().get(SECONDS, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
            assertThat(catchThrowable(() -> admin.describeTopics(Set.of("lw.local.nothing"))
                            .allTopicNames()
                            .get(SECONDS, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
            assertThat(catchThrowable(() -> admin.listOffsets(Map.of(new TopicPartition(topic, 0), OffsetSpec.latest()))
                            .all()
                            .get(SECONDS, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Principal.class, mode = EnumSource.Mode.EXCLUDE, names = "ADMIN")
    void shouldChangeNothingThatIsNotItsOwn(Principal principal) {
        Admin admin = as(principal);

        assertThat(allowed(
                        () -> admin.describeAcls(AclBindingFilter.ANY).values().get(SECONDS, TimeUnit.SECONDS)))
                .as("sees who may what")
                .isFalse();
        assertThat(allowed(() -> admin.createAcls(KafkaAcls.of(any -> principal.id()))
                        .all()
                        .get(SECONDS, TimeUnit.SECONDS)))
                .as("gives itself everybody's rights")
                .isFalse();
        assertThat(allowed(() -> admin.deleteTopics(List.of(Topics.USAGE)).all().get(SECONDS, TimeUnit.SECONDS)))
                .as("deletes a topic")
                .isFalse();
        assertThat(allowed(() -> admin.createPartitions(Map.of(Topics.CONTROL, NewPartitions.increaseTo(2)))
                        .all()
                        .get(SECONDS, TimeUnit.SECONDS)))
                .as("adds partitions")
                .isFalse();
        NewTopic topic = new NewTopic("lw.local.attempts.cloudy.lane.deferred", 1, (short) 1);
        assertThat(allowed(() -> admin.createTopics(List.of(topic), new CreateTopicsOptions().validateOnly(true))
                        .all()
                        .get(SECONDS, TimeUnit.SECONDS)))
                .as("makes a topic")
                .isEqualTo(principal == Principal.ACCOUNTING);
    }

    @Test
    void shouldLetNobodyInWithoutTheRightPassword() {
        Map<String, Object> guess = client(Principal.ADMIN);
        guess.put(
                "sasl.jaas.config",
                String.valueOf(guess.get("sasl.jaas.config")).replaceFirst("password=\"[^\"]+", "password=\"guess"));

        try (Admin admin = Admin.create(guess)) {
            assertThat(catchThrowable(() -> admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void shouldKeepPasswordsWhereOnlyTheOwnerCanReadThem() throws Exception {
        for (Principal principal : Principal.values()) {
            Path file = folder.resolve("secrets/kafka-" + principal.id() + ".password");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(services.kafkaClient(principal).get("sasl.jaas.config"))
                    .contains(Files.readString(file).strip());
        }
    }

    @Test
    void shouldTakeOverAFolderWithoutRulesOrWithOthers(@TempDir Path older) throws Exception {
        try (EmbeddedServices before = EmbeddedServices.start(onlyKafka(older));
                Admin admin = Admin.create(new HashMap<String, Object>(before.kafkaClient(Principal.ADMIN)))) {
            admin.createTopics(List.of(new NewTopic(Topics.USAGE, 1, (short) 1)))
                    .all()
                    .get(SECONDS, TimeUnit.SECONDS);
            admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get(SECONDS, TimeUnit.SECONDS);
            admin.createAcls(KafkaAcls.of(any -> Principal.WORKER_CLOUD.id()))
                    .all()
                    .get(SECONDS, TimeUnit.SECONDS);
        }

        try (EmbeddedServices services = EmbeddedServices.start(onlyKafka(older));
                Admin admin = Admin.create(new HashMap<String, Object>(services.kafkaClient(Principal.ADMIN)))) {
            assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get(SECONDS, TimeUnit.SECONDS))
                    .containsExactlyInAnyOrderElementsOf(KafkaAcls.of(Principal::id));
            assertThat(admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS))
                    .contains(Topics.USAGE);
        }
    }

    @Test
    void shouldHaveRulesForAllButTheAdmin() {
        assertThat(AccessPlan.rules().stream().map(AccessPlan.Rule::principal).distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Principal.values())
                        .filter(principal -> principal != Principal.ADMIN)
                        .toList());
    }
}
