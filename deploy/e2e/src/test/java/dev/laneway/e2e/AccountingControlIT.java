package dev.laneway.e2e;

import static dev.laneway.e2e.AccountingProcess.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.control.ConfigInForce;
import dev.laneway.runtime.role.RoleContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Accounting as the writer of the control topic, over real servers. */
@ExtendWith(SharedServers.class)
class AccountingControlIT {
    /** What the pinned promise allows for a change of the file. */
    private static final Duration IN_FORCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private RoleContext.Servers servers;
    private Path file;

    @BeforeEach
    void start(SharedServers shared) throws Exception {
        servers = shared.fresh();
        file = folder.resolve("config.yaml");
        Files.writeString(file, config("llama"));
    }

    @Test
    void shouldPublishTheConfigOnceItsTopicsAreThere() throws Exception {
        try (AccountingProcess accounting = AccountingProcess.start(servers, file, Map.of())) {
            ConfigInForce inForce = accounting.control().firstConfig().await(5, TimeUnit.SECONDS);

            assertThat(inForce.version()).isEqualTo(1);
            assertThat(inForce.config().routes()).containsKey("llama");
            String lane = inForce.config().routes().get("llama").lane();
            assertThat(topics())
                    .contains(
                            Topics.USAGE,
                            Topics.requests(Zone.LOCAL, lane, WorkClass.INTERACTIVE),
                            Topics.replies(Zone.CLOUD));
            assertThat(accounting.role().notReady()).isEmpty();
        }
    }

    @Test
    void shouldNotPublishTheSameContentAgain() throws Exception {
        try (AccountingProcess first = AccountingProcess.start(servers, file, Map.of())) {
            first.control().firstConfig().await(5, TimeUnit.SECONDS);
        }
        Files.writeString(file, "# a comment\n" + config("llama"));

        try (AccountingProcess again = AccountingProcess.start(servers, file, Map.of())) {
            assertThat(again.control().config()).map(ConfigInForce::version).contains(1L);
            assertThat(again.metric("laneway_control_config_published_total")).isZero();
        }
    }

    @Test
    void shouldPutAChangeOfTheFileInForce() throws Exception {
        try (AccountingProcess accounting = AccountingProcess.start(servers, file, Map.of())) {
            accounting.control().firstConfig().await(5, TimeUnit.SECONDS);

            Files.writeString(file, config("llama", "qwen"));

            await().atMost(IN_FORCE).untilAsserted(() -> {
                ConfigInForce now = accounting.control().config().orElseThrow();
                assertThat(now.version()).isEqualTo(2);
                assertThat(now.config().routes()).containsKeys("llama", "qwen");
            });
        }
    }

    @Test
    void shouldRefuseABadChangeWholeAndTakeTheNextGoodOne() throws Exception {
        try (AccountingProcess accounting = AccountingProcess.start(servers, file, Map.of())) {
            accounting.control().firstConfig().await(5, TimeUnit.SECONDS);
            Files.writeString(file, config("llama", "qwen") + "routes: {broken: {lane: nowhere, chain: [nobody]}}\n");
            await().atMost(IN_FORCE).until(() -> accounting.metric("laneway_control_config_refused_total") == 1);
            assertThat(accounting.control().config())
                    .map(ConfigInForce::version)
                    .contains(1L);

            Files.writeString(file, config("qwen"));

            await().atMost(IN_FORCE).untilAsserted(() -> {
                ConfigInForce now = accounting.control().config().orElseThrow();
                assertThat(now.version()).isEqualTo(2);
                assertThat(now.config().routes()).containsOnlyKeys("qwen");
            });
        }
    }

    @Test
    void shouldStartWithWhatIsInForceWhenTheFileIsAway() throws Exception {
        try (AccountingProcess first = AccountingProcess.start(servers, file, Map.of())) {
            first.control().firstConfig().await(5, TimeUnit.SECONDS);
        }
        Files.delete(file);

        try (AccountingProcess again = AccountingProcess.start(servers, file, Map.of())) {
            assertThat(again.control().config()).map(ConfigInForce::version).contains(1L);
            await().untilAsserted(() -> assertThat(again.role().notReady()).isEmpty());
        }
    }

    @Test
    void shouldStartWithTheLastGoodCopyOverAnEmptyBroker(SharedServers shared) throws Exception {
        try (AccountingProcess first = AccountingProcess.start(servers, file, Map.of())) {
            first.control().firstConfig().await(5, TimeUnit.SECONDS);
            await().until(() -> Files.exists(folder.resolve("last-good/config.last-good.json")));
        }
        Files.delete(file);
        servers = shared.fresh();

        try (AccountingProcess again = AccountingProcess.start(servers, file, Map.of())) {
            ConfigInForce inForce = again.control().firstConfig().await(5, TimeUnit.SECONDS);
            assertThat(inForce.config().routes()).containsKey("llama");
        }
    }

    @Test
    void shouldNotStartWithAWrongFileAndNothingInForce() throws Exception {
        Files.writeString(file, "model_list: 7\n");

        assertThatThrownBy(() -> AccountingProcess.start(servers, file, Map.of()))
                .hasMessageContaining("the config is refused: ")
                .hasMessageContaining("config.yaml:1")
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldMakeAMasterKeyAndShowItOnce() throws Exception {
        String key;
        try (AccountingProcess first = AccountingProcess.start(servers, file, Map.of())) {
            await().until(() -> first.control().masterKeyHash().isPresent());
            assertThat(first.shownKeys()).hasSize(1);
            key = first.shownKeys().remove();
            assertThat(key).matches("sk-lw-[0-9A-Za-z]{32}");
            assertThat(first.control().masterKeyHash()).contains(sha256(key));
        }

        try (AccountingProcess again = AccountingProcess.start(servers, file, Map.of())) {
            assertThat(again.shownKeys()).isEmpty();
            assertThat(again.control().masterKeyHash()).contains(sha256(key));
        }
    }

    @Test
    void shouldKeepTheMasterKeyWhenTheTopicIsLost(SharedServers shared) throws Exception {
        String key;
        try (AccountingProcess first = AccountingProcess.start(servers, file, Map.of())) {
            key = first.shownKeys().remove();
        }
        RoleContext.Servers empty = shared.fresh();
        servers = new RoleContext.Servers(empty.kafka(), servers.databaseUrl(), null, 4);

        try (AccountingProcess again = AccountingProcess.start(servers, file, Map.of())) {
            await().until(() -> again.control().masterKeyHash().isPresent());
            assertThat(again.shownKeys()).isEmpty();
            assertThat(again.control().masterKeyHash()).contains(sha256(key));
        }
    }

    @Test
    void shouldMakeNoMasterKeyWhereOneIsConfigured() throws Exception {
        try (AccountingProcess accounting =
                AccountingProcess.start(servers, file, Map.of("LITELLM_MASTER_KEY", "sk-mine"))) {
            accounting.control().firstConfig().await(5, TimeUnit.SECONDS);
            assertThat(accounting.shownKeys()).isEmpty();
            assertThat(accounting.control().masterKeyHash()).isEmpty();
        }
    }

    @Test
    void shouldStandByWhileAnotherWritesAndTakeOverAfterIt() throws Exception {
        Path otherFile = folder.resolve("other.yaml");
        Files.writeString(otherFile, config("llama"));
        AccountingProcess first = AccountingProcess.start(servers, file, Map.of());
        first.control().firstConfig().await(5, TimeUnit.SECONDS);
        try (AccountingProcess second = AccountingProcess.start(servers, otherFile, Map.of())) {
            assertThat(second.metric("laneway_control_writer")).isZero();

            first.leave();

            await().atMost(Duration.ofSeconds(10)).until(() -> second.metric("laneway_control_writer") == 1);
            Files.writeString(otherFile, config("qwen"));
            await().atMost(IN_FORCE)
                    .until(() -> second.control().config().orElseThrow().version() == 2);
        }
    }

    @Test
    void shouldStartBesideOthersOnAnEmptyBrokerAndDatabase() throws Exception {
        List<AccountingProcess> all = new ArrayList<>();
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<AccountingProcess>> starting =
                    starters.invokeAll(Collections.nCopies(3, () -> AccountingProcess.start(servers, file, Map.of())));
            for (Future<AccountingProcess> started : starting) {
                all.add(started.get());
            }

            for (AccountingProcess accounting : all) {
                assertThat(accounting
                                .control()
                                .firstConfig()
                                .await(5, TimeUnit.SECONDS)
                                .version())
                        .isEqualTo(1);
            }
            assertThat(all.stream()
                            .mapToDouble(accounting -> accounting.metric("laneway_control_writer"))
                            .sum())
                    .isEqualTo(1);
        } finally {
            for (AccountingProcess accounting : all) {
                accounting.close();
            }
        }
    }

    @Test
    void shouldNotOverwriteANewerVersionWithAnOlderFile() throws Exception {
        Path staleFile = folder.resolve("stale.yaml");
        Files.writeString(staleFile, config("llama"));
        AccountingProcess first = AccountingProcess.start(servers, file, Map.of());
        first.control().firstConfig().await(5, TimeUnit.SECONDS);
        try (AccountingProcess second = AccountingProcess.start(servers, staleFile, Map.of())) {
            Files.writeString(file, config("llama", "qwen"));
            await().atMost(IN_FORCE)
                    .until(() -> second.control().config().orElseThrow().version() == 2);

            first.leave();

            await().atMost(Duration.ofSeconds(10)).until(() -> second.metric("laneway_control_writer") == 1);
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> second.control().config().orElseThrow().version() == 2);
        }
    }

    private java.util.Set<String> topics() throws Exception {
        try (Admin admin = Admin.create(Brokers.operator(servers.kafka()).admin("test"))) {
            return admin.listTopics().names().get(10, TimeUnit.SECONDS);
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes()));
    }
}
