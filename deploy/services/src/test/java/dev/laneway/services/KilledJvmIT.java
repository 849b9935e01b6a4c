package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that goes without a word: what it had promised is kept, and what it had started does not stay. */
class KilledJvmIT {
    @TempDir
    Path folder;

    @Test
    void shouldRecoverWhatWasAcknowledgedWhileTheOrphansStillRun() throws Exception {
        ProcessHandle orphanedPostgres;
        ProcessHandle orphanedRedis;
        try (var killed = KilledJvm.start(folder.toString())) {
            killed.clients().createTopic("lw.usage");
            killed.clients().produce("lw.usage", "a fact");
            killed.clients().redis("SET claim mine");
            try (var connection = killed.clients().connect()) {
                connection.createStatement().execute("CREATE TABLE ledger AS SELECT 42 AS micros");
            }
            orphanedPostgres = handle("postgres/postmaster.pid");
            orphanedRedis = handle("redis/redis.pid");
            killed.kill(true);
        }
        assertThat(orphanedPostgres.isAlive() && orphanedRedis.isAlive()).isTrue();

        try (var services = EmbeddedServices.start(ServicesConfig.in(folder))) {
            var clients = Clients.of(services);
            assertThat(clients.consume("lw.usage", "accounting")).containsExactly("a fact");
            assertThat(clients.redis("GET claim")).endsWith("mine");
            try (var connection = clients.connect()) {
                var rows = connection.createStatement().executeQuery("SELECT micros FROM ledger");
                assertThat(rows.next()).isTrue();
            }
            assertThat(handle("redis/redis.pid").pid()).isNotEqualTo(orphanedRedis.pid());
        }
    }

    @Test
    void shouldSweepProcessesAndFolderOfAnEphemeralOne() throws Exception {
        Path used;
        ProcessHandle postgres;
        try (var killed = KilledJvm.start()) {
            try (var connection = killed.clients().connect()) {
                var rows = connection.createStatement().executeQuery("SHOW data_directory");
                rows.next();
                used = Path.of(rows.getString(1)).getParent();
            }
            postgres = ProcessHandle.of(EmbeddedServicesIT.pidIn(used.resolve("postgres/postmaster.pid")))
                    .orElseThrow();
            killed.kill(false);
        }

        await().atMost(Duration.ofSeconds(15)).until(() -> Files.notExists(used) && !runs(postgres));
    }

    @Test
    void shouldNameTheOtherProcessThatUsesTheFolder() throws Exception {
        try (var other = KilledJvm.start(folder.toString())) {
            Throwable refusal = catchThrowable(() -> EmbeddedServices.start(ServicesConfig.in(folder)));

            assertThat(refusal)
                    .isInstanceOf(ServicesException.class)
                    .hasMessage("data folder " + folder.toRealPath() + " is in use by process " + other.pid());
        }
    }

    private ProcessHandle handle(String pidFile) throws Exception {
        return ProcessHandle.of(EmbeddedServicesIT.pidIn(folder.resolve(pidFile)))
                .orElseThrow();
    }

    /** A process that has ended may wait to be collected by the system's first process; it has no command then. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
