package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Principal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All three, really started, in this JVM and beside it. */
class EmbeddedServicesIT {
    /** For so long Kafka keeps a successor out, unless told otherwise. */
    private static final Duration DEFAULT_SESSION = Duration.ofSeconds(9);

    @TempDir
    Path folder;

    @Test
    void shouldFindEverythingAgainAfterARestart() throws Exception {
        Endpoints before;
        try (var services = EmbeddedServices.start(ServicesConfig.in(folder))) {
            before = services.endpoints();
            var clients = Clients.of(services);
            clients.createTopic("lw.usage");
            clients.produce("lw.usage", "a fact");
            clients.redis("SET claim mine");
            try (var connection = clients.connect()) {
                connection.createStatement().execute("CREATE TABLE ledger AS SELECT 42 AS micros");
            }
        }

        try (var services = EmbeddedServices.start(ServicesConfig.in(folder))) {
            var clients = Clients.of(services);
            assertThat(services.endpoints()).isEqualTo(before);
            assertThat(clients.consume("lw.usage", "accounting")).containsExactly("a fact");
            assertThat(clients.redis("GET claim")).endsWith("mine");
            try (var connection = clients.connect()) {
                var rows = connection.createStatement().executeQuery("SELECT micros FROM ledger");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(42);
            }
        }
    }

    @Test
    void shouldRunAsTheRolesNeedIt() throws Exception {
        try (var services = EmbeddedServices.start(ServicesConfig.temporary())) {
            var clients = Clients.of(services);

            assertThat(services.environment())
                    .contains(
                            entry(
                                    "KAFKA_BOOTSTRAP_SERVERS",
                                    services.endpoints().kafkaBootstrapServers()),
                            entry("KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT"),
                            entry("KAFKA_SASL_MECHANISM", "PLAIN"),
                            entry("DATABASE_URL", services.endpoints().databaseUrl()),
                            entry("REDIS_URL", services.endpoints().redisUrl()))
                    .containsOnlyKeys(Stream.concat(
                                    Stream.of(
                                            "KAFKA_BOOTSTRAP_SERVERS",
                                            "KAFKA_SECURITY_PROTOCOL",
                                            "KAFKA_SASL_MECHANISM",
                                            "DATABASE_URL",
                                            "REDIS_URL"),
                                    Stream.of(Principal.values())
                                            .map(principal -> "KAFKA_PASSWORD_" + principal.name()))
                            .toList());
            assertThat(clients.redis("CONFIG GET maxmemory-policy")).endsWith("noeviction");
            assertThat(clients.redis("CONFIG GET bind")).endsWith("127.0.0.1");
            assertThat(clients.rawRedis("PING")).startsWith("-NOAUTH");
            assertThatThrownBy(() -> clients.connect("guess"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThat(catchThrowable(() -> clients.produce("no.such.topic", "x", Duration.ofMillis(500))))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void shouldDeleteAnEphemeralFolderAndEndItsProcesses() throws Exception {
        Path used;
        ProcessHandle postgres;
        try (var services = EmbeddedServices.start(ServicesConfig.temporary())) {
            try (var connection = Clients.of(services).connect()) {
                var rows = connection.createStatement().executeQuery("SHOW data_directory");
                rows.next();
                used = Path.of(rows.getString(1)).getParent();
            }
            postgres = ProcessHandle.of(pidIn(used.resolve("postgres/postmaster.pid")))
                    .orElseThrow();
            assertThat(used).isDirectory();
        }

        assertThat(used).doesNotExist();
        assertThat(postgres.isAlive()).isFalse();
    }

    @Test
    void shouldRefuseASecondStartOnTheFolderAndLeaveTheFirstAlone() throws Exception {
        try (var services = EmbeddedServices.start(ServicesConfig.in(folder))) {
            assertThatThrownBy(() -> EmbeddedServices.start(ServicesConfig.in(folder)))
                    .isInstanceOf(ServicesException.class)
                    .hasMessage("data folder " + folder.toRealPath() + " is in use by process "
                            + ProcessHandle.current().pid());
            assertThat(Clients.of(services).redis("PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void shouldTakeOtherPortsWhenTheOldOnesAreTaken() throws Exception {
        Endpoints before;
        try (var services = EmbeddedServices.start(onlyRedis(folder))) {
            before = services.endpoints();
        }
        int port = URI.create(before.redisUrl()).getPort();

        try (var occupant = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                var services = EmbeddedServices.start(onlyRedis(folder))) {
            assertThat(URI.create(services.endpoints().redisUrl()).getPort()).isNotEqualTo(occupant.getLocalPort());
        }
    }

    @Test
    void shouldPassAnExternalServerOnAndStartTheOthers() throws Exception {
        var config = new ServicesConfig(folder, false, null, "postgresql://me:pw@db.example:5432/mine", null);

        try (var services = EmbeddedServices.start(config)) {
            assertThat(services.endpoints().databaseUrl()).isEqualTo("postgresql://me:pw@db.example:5432/mine");
            assertThat(Clients.of(services).redis("PING")).isEqualTo("+PONG");
            assertThat(folder.resolve("postgres")).doesNotExist();
        }
    }

    @Test
    void shouldNotWaitForTheSessionOfABrokerThatWasKilled() throws Exception {
        Path crashed = folder.resolve("crashed");
        try (var services = EmbeddedServices.start(onlyKafka(folder.resolve("running")))) {
            Clients.of(services).createTopic("lw.usage");
            Clients.of(services).produce("lw.usage", "a fact");
            copy(folder.resolve("running/kafka"), crashed.resolve("kafka"));
            copy(folder.resolve("running/kafka-local"), crashed.resolve("kafka-local"));
        }
        long begin = System.nanoTime();

        try (var services = EmbeddedServices.start(onlyKafka(crashed))) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(DEFAULT_SESSION);
            assertThat(Clients.of(services).consume("lw.usage", "accounting")).containsExactly("a fact");
        }
    }

    @Test
    void shouldKeepDataOfZoneLocalInAFolderOfItsOwn() throws Exception {
        List<String> local = List.of("lw.local.replies-0", "lw.local.requests.private.interactive-0");
        try (var services = EmbeddedServices.start(onlyKafka(folder))) {
            var clients = Clients.of(services);
            for (String topic : List.of("lw.usage", "lw.cloud.replies", "lw.local.replies", "lw.cloud.bodies")) {
                clients.createTopic(topic);
            }
            clients.createTopic("lw.local.requests.private.interactive");
            clients.produce("lw.local.replies", "an answer");
            assertThat(clients.consume("lw.local.replies", "one")).containsExactly("an answer");
            assertThat(partitions("kafka-local")).containsExactlyElementsOf(local);
        }

        try (var services = EmbeddedServices.start(onlyKafka(folder))) {
            assertThat(Clients.of(services).consume("lw.local.replies", "two")).containsExactly("an answer");
            assertThat(partitions("kafka-local")).containsExactlyElementsOf(local);
            assertThat(partitions("kafka"))
                    .contains("lw.usage-0", "lw.cloud.replies-0", "lw.cloud.bodies-0", "__consumer_offsets-0")
                    .doesNotContainAnyElementsOf(local);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("kafka-local"))))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldMoveDataOfZoneLocalThatIsOlderThanItsFolder() throws Exception {
        try (var services = EmbeddedServices.start(onlyKafka(folder))) {
            Clients.of(services).createTopic("lw.local.replies");
            Clients.of(services).produce("lw.local.replies", "an answer");
        }
        // as it was when there was one folder: the metadata log knows the partition to be in the folder of this id
        Files.move(folder.resolve("kafka-local/lw.local.replies-0"), folder.resolve("kafka/lw.local.replies-0"));
        Files.move(
                folder.resolve("kafka-local/meta.properties"),
                folder.resolve("kafka/meta.properties"),
                StandardCopyOption.REPLACE_EXISTING);
        Trees.delete(folder.resolve("kafka-local"));
        Files.delete(folder.resolve("kafka").resolve(KafkaFolder.HAS_LOCAL));

        for (String group : List.of("one", "two")) {
            try (var services = EmbeddedServices.start(onlyKafka(folder))) {
                assertThat(Clients.of(services).consume("lw.local.replies", group))
                        .containsExactly("an answer");
                assertThat(partitions("kafka-local")).containsExactly("lw.local.replies-0");
            }
        }
    }

    private List<String> partitions(String dir) throws Exception {
        try (Stream<Path> entries = Files.list(folder.resolve(dir))) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static ServicesConfig onlyKafka(Path folder) {
        return new ServicesConfig(folder, false, null, "postgresql://u:p@d/x", "redis://r");
    }

    private static ServicesConfig onlyPostgres(Path folder) {
        return new ServicesConfig(folder, false, "k:9092", null, "redis://r");
    }

    private static ServicesConfig onlyRedis(Path folder) {
        return new ServicesConfig(folder, false, "k:9092", "postgresql://u:p@d/x", null);
    }

    private static void copy(Path from, Path to) throws Exception {
        Files.createDirectories(to.getParent());
        Process copying = new ProcessBuilder("cp", "-r", from.toString(), to.toString()).start();
        assertThat(copying.waitFor()).isZero();
    }

    @Test
    void shouldReportAServerThatEndsByItself() throws Exception {
        try (var services = EmbeddedServices.start(onlyRedis(folder))) {
            var failure = services.failure();
            ProcessHandle.of(pidIn(folder.resolve("redis/redis.pid")))
                    .orElseThrow()
                    .destroyForcibly();

            assertThat(failure.get(10, TimeUnit.SECONDS)).startsWith("Redis ended with status ");
        }
    }

    @Test
    void shouldNotReportAnOrderlyEnd() throws Exception {
        var services = EmbeddedServices.start(ServicesConfig.in(folder));
        var failure = services.failure();

        services.close();
        services.close();

        assertThat(failure).isNotDone();
    }

    @Test
    void shouldSayThatRedisIsDamagedAndStopTheOthers() throws Exception {
        EmbeddedServices.start(ServicesConfig.in(folder)).close();
        Path file = folder.resolve("redis/appendonly.aof");
        Files.writeString(file, "garbage");

        Throwable refusal = catchThrowable(() -> EmbeddedServices.start(ServicesConfig.in(folder)));

        assertThat(refusal)
                .isInstanceOf(ServicesException.class)
                .hasMessageStartingWith(
                        "data folder " + folder.toRealPath() + " is damaged: Redis cannot read redis/appendonly.aof: ");
        assertThat(file).hasContent("garbage");
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
        Files.delete(file);
        EmbeddedServices.start(ServicesConfig.in(folder)).close();
    }

    @Test
    void shouldSayThatPostgresIsDamaged() throws Exception {
        EmbeddedServices.start(onlyPostgres(folder)).close();
        Files.delete(folder.resolve("postgres/global/pg_control"));

        Throwable refusal = catchThrowable(() -> EmbeddedServices.start(onlyPostgres(folder)));

        assertThat(refusal)
                .isInstanceOf(ServicesException.class)
                .hasMessageStartingWith("PostgreSQL cannot start on " + folder.toRealPath() + "/postgres: ");
        assertThat(refusal.getMessage()).doesNotContain("\n");
    }

    @Test
    void shouldStartBesideAProcessIdFileWhoseProcessIsSomebodyElses() throws Exception {
        EmbeddedServices.start(onlyPostgres(folder)).close();
        Files.writeString(
                folder.resolve("postgres/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder + "/postgres\n1\n5432\n\n127.0.0.1\n0 0\nready\n");

        try (var services = EmbeddedServices.start(onlyPostgres(folder));
                var connection = Clients.of(services).connect()) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    static long pidIn(Path file) throws Exception {
        await().until(() -> Files.exists(file));
        return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    }
}
