package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laneway.e2e.ComposeFile.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold for each service of {@code docker-compose.yml}, without starting one; and that the file is read as Compose reads it. */
class ComposeFileTest {
    private static final Pattern MOUNTED = Pattern.compile("/run/secrets[:/]([a-z_]+)");

    @TempDir
    private Path folder;

    @Test
    void shouldGiveEachServiceTheSecretsThatItReadsAndNoOther() throws IOException {
        ComposeFile file = ComposeFile.read(ComposeFile.OURS, Map.of());

        for (Service service : file.services().values()) {
            TreeSet<String> read = new TreeSet<>();
            MOUNTED.matcher(service.raw().toString()).results().forEach(found -> read.add(found.group(1)));
            assertThat(service.secrets()).as(service.name()).containsExactlyInAnyOrderElementsOf(read);
            assertThat(file.secrets().keySet()).containsAll(service.secrets());
        }
    }

    @Test
    void shouldPutNoSecretIntoAnEnvironment() throws IOException {
        ComposeFile file = ComposeFile.read(ComposeFile.OURS, Map.of());

        for (Service service : file.services().values()) {
            service.environment().forEach((name, value) -> {
                if (!name.endsWith("_FILE")
                        && name.matches(".*(PASSWORD|API_KEY|MASTER_KEY|DATABASE_URL|REDIS_URL).*")) {
                    assertThat(value).as(service.name() + " " + name).isEmpty();
                }
            });
        }
    }

    @Test
    void shouldMakeEverySecretThatTheFileMounts() throws Exception {
        Path secrets = folder.resolve("secrets");
        ComposeFile file = ComposeFile.read(ComposeFile.OURS, Map.of("LANEWAY_SECRETS_DIR", secrets.toString()));

        ComposeSecrets.make(secrets, Map.of());

        assertThat(file.secrets().values()).allMatch(Files::isReadable);
        assertThat(Files.readString(secrets.resolve("kafka_password_admin")))
                .hasSize(40)
                .doesNotContain("\n");
        assertThat(Files.readString(secrets.resolve("kafka_password_ingress")))
                .isNotEqualTo(Files.readString(secrets.resolve("kafka_password_admin")));
    }

    @Test
    void shouldKeepSecretsThatAreThere() throws Exception {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("laneway_master_key"), "sk-mine");

        ComposeSecrets.make(secrets, Map.of("OPENAI_API_KEY", "sk-vendor"));

        assertThat(secrets.resolve("laneway_master_key")).hasContent("sk-mine");
        assertThat(secrets.resolve("openai_api_key")).hasContent("sk-vendor");
        assertThat(secrets.resolve("anthropic_api_key")).isEmptyFile();
    }

    @Test
    void shouldTakeFromEveryServiceWhatItDoesNotNeed() throws IOException {
        ComposeFile file = ComposeFile.read(ComposeFile.OURS, Map.of());

        for (Service service : file.services().values()) {
            assertThat(service.raw()).as(service.name()).containsEntry("cap_drop", List.of("ALL"));
            assertThat(service.raw())
                    .as(service.name())
                    .containsEntry("security_opt", List.of("no-new-privileges:true"));
            assertThat(service.raw()).as(service.name()).containsKeys("logging", "restart");
            if (!service.health().isEmpty() && service.raw().containsKey("build")) {
                assertThat(service.raw()).as(service.name()).containsEntry("read_only", true);
                assertThat(service.limits()).as(service.name()).containsKeys("cpus", "memory", "pids");
            }
        }
    }

    @Test
    void shouldKeepWhatIsInsideOffEveryNetworkWithAWayOut() throws IOException {
        ComposeFile file = ComposeFile.read(ComposeFile.OURS, Map.of());

        for (String name :
                List.of("kafka", "postgres", "redis", "ollama", "worker-local", "router-local", "accounting")) {
            assertThat(file.services().get(name).raw().get("networks").toString())
                    .as(name)
                    .doesNotContain("outside");
        }
    }

    @Test
    void shouldFillInVariablesAsComposeDoes() throws IOException {
        Path text = Files.writeString(folder.resolve("a.yml"), """
                services:
                  a: {command: ["${SET}", "${UNSET}", "${UNSET:-or}", "${EMPTY-kept}", "${EMPTY:-or}", "$${SET}"]}
                """);

        ComposeFile file = ComposeFile.read(text, Map.of("SET", "set", "EMPTY", ""));

        assertThat(file.services().get("a").command()).containsExactly("set", "", "or", "", "or", "${SET}");
    }

    @Test
    void shouldRefuseWhereARequiredVariableIsMissing() throws IOException {
        Path text = Files.writeString(folder.resolve("a.yml"), "services: {a: {image: '${IMAGE:?say which}'}}");

        assertThatThrownBy(() -> ComposeFile.read(text, Map.of())).hasMessage("IMAGE: say which");
    }
}
