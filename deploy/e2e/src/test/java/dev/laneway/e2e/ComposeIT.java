package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.services.EmbeddedServices;
import dev.laneway.services.ServicesConfig;
import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker-compose.yml}, its image and its secrets, without Docker: what a container engine would start is started here. */
@Tag("processes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeIT {
    private static final Set<String> WORKING =
            Set.of("accounting", "router-local", "router-cloud", "worker-local", "worker-cloud", "ingress");

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedServices servers;
    private VendorSimulator simulator;
    private ComposeStack stack;
    private List<String> order;

    @BeforeAll
    void startInTheDeclaredOrder(@TempDir Path folder) throws Exception {
        simulator = VendorSimulator.start(vertx, SimulatorConfig.defaults()).await(20, TimeUnit.SECONDS);
        servers = EmbeddedServices.start(new ServicesConfig(folder, true, "kafka:9092", null, null));
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("database_url"), servers.endpoints().databaseUrl());
        Files.writeString(secrets.resolve("redis_url"), servers.endpoints().redisUrl());
        Files.writeString(secrets.resolve("laneway_master_key"), Gateway.KEY);
        ComposeSecrets.make(
                secrets, Map.of("OPENAI_API_KEY", Gateway.VENDOR_KEY, "ANTHROPIC_API_KEY", Gateway.VENDOR_KEY));
        ComposeFile file = ComposeFile.read(ComposeFile.OURS, Map.of("LANEWAY_SECRETS_DIR", secrets.toString()));
        stack = new ComposeStack(file, secrets, config(folder), folder.resolve("containers"));
        Set<String> names = new LinkedHashSet<>(file.services().keySet());
        names.retainAll(
                Stream.concat(WORKING.stream(), Stream.of("kafka", "acls")).toList());
        order = stack.start(names);
    }

    /** The file's own config, its vendors simulated. */
    private Path config(Path folder) throws IOException {
        String text = Files.readString(Path.of("..", "compose", "config", "laneway.yaml"))
                .replace("\"ollama/llama3.2:1b\"", "hosted_vllm/sim, api_key: any")
                .replace("http://ollama:11434", simulator.baseUrl() + "/v1")
                .replace("openai/gpt-4o-mini", "openai/sim, api_base: \"" + simulator.baseUrl() + "/v1\"")
                .replace("anthropic/claude-sonnet-4-5", "anthropic/sim, api_base: \"" + simulator.baseUrl() + "\"");
        Path config = Files.createDirectory(folder.resolve("config"));
        Files.writeString(config.resolve("laneway.yaml"), text);
        return config;
    }

    @AfterAll
    void stopAll() throws Exception {
        if (stack != null) {
            stack.close();
        }
        if (servers != null) {
            servers.close();
        }
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    @Order(1)
    void shouldStartTheBrokerThenItsRulesThenAccountingThenTheRest() {
        assertThat(order.subList(0, 3)).containsExactly("kafka", "acls", "accounting");
        assertThat(order.subList(3, order.size()))
                .containsExactlyInAnyOrder("router-local", "router-cloud", "worker-local", "worker-cloud", "ingress");
    }

    @Test
    @Order(2)
    void shouldAnswerFromOutside() throws Exception {
        HttpResponse<String> answer = ask("general-smart");

        assertThat(answer.statusCode()).as(answer.body() + simulator.calls()).isEqualTo(200);
        assertThat(Http.header(answer, "x-laneway-zone")).isEqualTo("cloud");
    }

    @Test
    @Order(2)
    void shouldAnswerPrivateWorkInside() throws Exception {
        HttpResponse<String> answer = ask("secure-core");

        assertThat(answer.statusCode()).as(answer.body() + simulator.calls()).isEqualTo(200);
        assertThat(Http.header(answer, "x-laneway-zone")).isEqualTo("local");
    }

    /** The root file system of a container is read-only. */
    @Test
    @Order(3)
    void shouldWriteOnlyWhereTheImageSays() throws IOException {
        for (String name : WORKING) {
            assertThat(stack.home(name)).as(name).isEmptyDirectory();
        }
    }

    @Test
    @Order(4)
    void shouldDrainAndEndWithinTheTimeThatComposeGives() throws Exception {
        Map<String, Integer> codes = stack.stop(WORKING);

        assertThat(codes).containsOnlyKeys(WORKING);
        assertThat(codes.values()).containsOnly(0);
    }

    private HttpResponse<String> ask(String route) throws Exception {
        return Http.send(HttpRequest.newBuilder(URI.create(stack.at("ingress", "4000") + "/v1/chat/completions"))
                .header("authorization", "Bearer " + Gateway.KEY)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Http.question(route)))
                .build());
    }
}
