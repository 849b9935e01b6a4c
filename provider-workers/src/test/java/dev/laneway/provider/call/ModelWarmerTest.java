package dev.laneway.provider.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laneway.contracts.Zone;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.provider.credentials.AwsKeySource;
import dev.laneway.provider.intake.Serving;
import dev.laneway.provider.meters.ProviderMetric;
import dev.laneway.provider.meters.WorkerMeters;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Limits;
import dev.laneway.runtime.config.ModelInfo;
import dev.laneway.runtime.config.RouterSettings;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads of models, as an Ollama server sees them. */
class ModelWarmerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Meters registry = Meters.create();
    private final List<JsonObject> loads = new CopyOnWriteArrayList<>();
    private final Map<String, Deployment> deployments = new LinkedHashMap<>();
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    loads.add(body.toJsonObject()
                            .put("path", request.path())
                            .put("attempt", request.getHeader("x-client-request-id")));
                    request.response().setStatusCode(status).end("{\"done\":true,\"done_reason\":\"load\"}");
                }))
                .listen(0, "127.0.0.1")
                .await(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, TimeUnit.SECONDS);
        registry.close();
    }

    private void deployment(String id, String provider, String model, Zone zone, String extra, String mode)
            throws Exception {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        JSON.readTree(extra).properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        deployments.put(
                id,
                new Deployment(
                        id,
                        id,
                        provider,
                        "account",
                        model,
                        URI.create("http://127.0.0.1:" + server.actualPort()),
                        null,
                        zone,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        1,
                        null,
                        fields,
                        Map.of(),
                        new ModelInfo(null, null, Set.of(), Set.of(), mode),
                        null));
    }

    private void warm(Zone zone) {
        GatewayConfig config = new GatewayConfig(
                "v1",
                deployments,
                Map.of(),
                Map.of(),
                Map.of(),
                new RouterSettings(2, Duration.ZERO),
                new Limits(1 << 20, Duration.ofMinutes(10), null),
                false,
                null);
        Serving serving = Serving.load(
                config, any -> true, ProviderCatalogue::find, ref -> Optional.empty(), any -> AwsKeySource.NONE);
        context.runOnContext(v -> new ModelWarmer(
                        new VendorClient(vertx, 10, Duration.ofSeconds(1)), new WorkerMeters(registry, zone), zone)
                .warm(serving));
    }

    private double warmed(String deployment, String outcome) {
        return registry.counter(
                        ProviderMetric.WARMED,
                        MetricTag.ZONE,
                        Zone.LOCAL.id(),
                        MetricTag.DEPLOYMENT,
                        deployment,
                        MetricTag.OUTCOME,
                        outcome)
                .count();
    }

    @Test
    void shouldLoadEachModelAsItsDeploymentWantsIt() throws Exception {
        deployment(
                "d_1",
                "ollama",
                "llama3.2",
                Zone.LOCAL,
                "{\"keep_alive\":\"1h\",\"num_ctx\":8192,\"think\":true,\"max_tokens\":5}",
                "chat");
        deployment("d_2", "ollama", "nomic-embed-text", Zone.LOCAL, "{}", "embedding");

        warm(Zone.LOCAL);

        await().untilAsserted(() ->
                assertThat(warmed("d_1", "loaded") + warmed("d_2", "loaded")).isEqualTo(2));
        assertThat(loads).containsExactlyInAnyOrder(new JsonObject("""
                                {"model":"llama3.2","keep_alive":"1h","options":{"num_ctx":8192},"path":"/api/chat","attempt":null}"""), new JsonObject("""
                                {"model":"nomic-embed-text","input":[],"path":"/api/embed","attempt":null}"""));
    }

    @Test
    void shouldLeaveWhatIsNotItsToLoad() throws Exception {
        deployment("d_cloud", "ollama", "llama3.2", Zone.CLOUD, "{}", "chat");
        deployment("d_pattern", "ollama", "*", Zone.LOCAL, "{}", "chat");
        deployment("d_vendors", "ollama", "gpt-oss:120b-cloud", Zone.LOCAL, "{}", "chat");
        deployment("d_never", "ollama", "phi4", Zone.LOCAL, "{\"keep_alive\":0}", "chat");
        deployment("d_other", "hosted_vllm", "llama", Zone.LOCAL, "{}", "chat");
        deployment("d_mine", "ollama", "qwen3", Zone.LOCAL, "{}", "chat");
        deployment("d_twin", "ollama", "qwen3", Zone.LOCAL, "{}", "chat");

        warm(Zone.LOCAL);

        await().until(() -> warmed("d_mine", "loaded") == 1);
        assertThat(loads).extracting(load -> load.getString("model")).containsExactly("qwen3");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 503})
    void shouldCountWhatCouldNotBeLoaded(int answered) throws Exception {
        status = answered;
        deployment("d_1", "ollama", "nope", Zone.LOCAL, "{}", "chat");
        deployment("d_2", "ollama", "nope-either", Zone.LOCAL, "{}", "chat");
        deployment("d_3", "ollama", "nor-this", Zone.LOCAL, "{}", "chat");

        warm(Zone.LOCAL);

        await().until(() -> warmed("d_1", "failed") + warmed("d_2", "failed") + warmed("d_3", "failed") == 3);
    }
}
