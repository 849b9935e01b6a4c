package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts of {@code docker-compose.yml} that back up and restore, against a PostgreSQL of the same version as its programs, as a container has
 * them: an installed one, since the embedded server comes without {@code pg_dump}. Skipped where none is installed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupIT {
    private static final Path SCRIPTS =
            Path.of("..", "compose").toAbsolutePath().normalize();

    private Path folder;
    private Path programs;
    private boolean started;

    @BeforeAll
    void startServer(@TempDir Path temporary) throws Exception {
        folder = temporary;
        programs = installed();
        run(
                Map.of(),
                unprivileged(
                        "initdb",
                        "--pgdata=" + folder.resolve("data"),
                        "--username=laneway",
                        "--auth=trust",
                        "--no-sync"));
        run(
                Map.of(),
                unprivileged(
                        "pg_ctl",
                        "start",
                        "--wait",
                        "--pgdata=" + folder.resolve("data"),
                        "--log=" + folder.resolve("log"),
                        "--options=-c listen_addresses='' -c fsync=off -c unix_socket_directories=" + folder));
        started = true;
        run(Map.of(), program("createdb", "laneway"));
        sql("laneway", """
                create schema laneway;
                create table laneway.ledger (attempt text primary key, micros numeric not null);
                insert into laneway.ledger select 'req_' || n || ':0:0', n * 1.5 from generate_series(1, 1000) n;
                create index on laneway.ledger (micros);
                """);
    }

    @AfterAll
    void stopServer() throws Exception {
        if (started) {
            run(Map.of(), unprivileged("pg_ctl", "stop", "--mode=immediate", "--pgdata=" + folder.resolve("data")));
        }
    }

    @Test
    void shouldRestoreEveryRowIntoAnEmptyDatabase() throws Exception {
        Path backups = Files.createDirectory(folder.resolve("all"));
        run(environment(backups, "laneway", "3"), script("backup"));
        run(Map.of(), program("createdb", "fresh"));

        run(environment(backups, "fresh", "3"), script("restore", "latest"));

        String sum = "select count(*), sum(micros) from laneway.ledger";
        assertThat(sql("fresh", sum)).isEqualTo(sql("laneway", sum)).isEqualTo("1000|750750.0");
        assertThat(sql("fresh", "select count(*) from pg_indexes where schemaname = 'laneway'"))
                .isEqualTo("2");
    }

    @Test
    void shouldKeepAsManyBackupsAsAsked() throws Exception {
        Path backups = Files.createDirectory(folder.resolve("kept"));
        for (String day : List.of("20200101T000000Z", "20200102T000000Z", "20200103T000000Z")) {
            Files.createFile(backups.resolve("laneway-" + day + ".dump"));
        }
        Files.createFile(backups.resolve("laneway-20200104T000000Z.dump.part"));

        run(environment(backups, "laneway", "2"), script("backup"));

        try (Stream<Path> left = Files.list(backups)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .hasSize(2)
                    .contains("laneway-20200103T000000Z.dump")
                    .noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void shouldNotRestoreOverWhatIsThere() throws Exception {
        Path backups = Files.createDirectory(folder.resolve("over"));
        run(environment(backups, "laneway", "3"), script("backup"));

        Ended refused = end(environment(backups, "laneway", "3"), script("restore", "latest"));

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.said()).contains("has 1 tables; it must be empty");
    }

    @Test
    void shouldLeaveNoBackupBehindThatIsNotWhole() throws Exception {
        Path backups = Files.createDirectory(folder.resolve("broken"));

        Ended failed = end(environment(backups, "no_such_database", "3"), script("backup"));

        assertThat(failed.code()).isNotZero();
        assertThat(backups.toFile().list()).noneMatch(name -> name.endsWith(".dump"));
    }

    @Test
    void shouldGoOnAfterABackupThatFailed() throws Exception {
        Path backups = Files.createDirectory(folder.resolve("again"));
        Process every =
                started(environment(backups, "later", "3"), script("backup", "--every", "1"), folder.resolve("every"));
        Awaitility.await().until(() -> Files.readString(folder.resolve("every")).contains("backup failed"));

        run(Map.of(), program("createdb", "later"));

        Awaitility.await().until(() -> Stream.of(backups.toFile().list()).anyMatch(name -> name.endsWith(".dump")));
        every.destroy();
        assertThat(every.waitFor()).isZero();
    }

    private record Ended(int code, String said) {}

    private static Path installed() throws IOException {
        Path all = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(all)) {
            try (Stream<Path> versions = Files.list(all)) {
                List<Path> complete = versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Stream.of("initdb", "pg_ctl", "pg_dump", "pg_restore", "psql", "createdb")
                                .allMatch(name -> Files.isExecutable(bin.resolve(name))))
                        .sorted()
                        .toList();
                if (!complete.isEmpty()) {
                    return complete.getLast();
                }
            }
        }
        return abort("no PostgreSQL with its client programs is installed below " + all);
    }

    /** The servers' programs refuse to run as root: a user namespace hides it. */
    private List<String> unprivileged(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(program(program, arguments));
        return command;
    }

    private List<String> program(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> script(String name, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("sh", SCRIPTS.resolve(name).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Map<String, String> environment(Path backups, String database, String keep) {
        return Map.of("BACKUP_DIR", backups.toString(), "BACKUP_KEEP", keep, "PGDATABASE", database);
    }

    private String sql(String database, String statement) throws Exception {
        return run(
                        Map.of(),
                        program(
                                "psql",
                                "--no-psqlrc",
                                "-qtA",
                                "-v",
                                "ON_ERROR_STOP=1",
                                "-d",
                                database,
                                "-c",
                                statement))
                .strip();
    }

    private String run(Map<String, String> environment, List<String> command) throws Exception {
        Ended ended = end(environment, command);
        assertThat(ended.code()).as(command + ": " + ended.said()).isZero();
        return ended.said();
    }

    private Ended end(Map<String, String> environment, List<String> command) throws Exception {
        Path said = Files.createTempFile(folder, "said", ".txt");
        Process process = started(environment, command, said);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command.toString()).isTrue();
        return new Ended(process.exitValue(), Files.readString(said));
    }

    private Process started(Map<String, String> environment, List<String> command, Path said) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        Set<String> mine = Set.of("PATH", "HOME", "LANG", "TMPDIR");
        builder.environment().keySet().retainAll(mine);
        builder.environment().putAll(Map.of("PGHOST", folder.toString(), "PGUSER", "laneway"));
        builder.environment().merge("PATH", programs.toString(), (path, bin) -> bin + ":" + path);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
