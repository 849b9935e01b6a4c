package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.kafka.KafkaEnvironment;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.services.EmbeddedServices;
import dev.laneway.services.Endpoints;
import dev.laneway.services.ServicesConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a process is ready is whether it can serve: not without its broker, though it lives. */
class ReadinessIT {
    private static final String CONFIG = """
            model_list:
              - {model_name: home, litellm_params: {model: ollama/llama, api_base: "http://127.0.0.1:9"}}
            lanes: {private: {privacy: local_only}}
            routes: {core: {lane: private, chain: [home]}}
            """;

    private static HttpResponse<String> get(Gateway gateway, String path) throws Exception {
        return Http.send(HttpRequest.newBuilder(URI.create(gateway.management() + path))
                .timeout(Duration.ofSeconds(10))
                .build());
    }

    @Test
    void shouldNotBeReadyWithoutItsBroker(@TempDir Path folder) throws Exception {
        EmbeddedServices own = EmbeddedServices.start(ServicesConfig.temporary());
        Endpoints at = own.endpoints();
        try (Gateway gateway = InOneJvm.start(
                new RoleContext.Servers(
                        KafkaEnvironment.read(Environment.of(own.environment()), at.kafkaBootstrapServers()),
                        at.databaseUrl(),
                        at.redisUrl(),
                        2),
                CONFIG,
                folder)) {
            HttpResponse<String> before = get(gateway, "/ready");

            own.close();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> get(gateway, "/ready").body().contains("\"needs\":[\"the broker does not answer\"]"));
            assertThat(before.statusCode()).isEqualTo(200);
            assertThat(get(gateway, "/ready").statusCode()).isEqualTo(503);
            assertThat(get(gateway, "/live").statusCode()).isEqualTo(200);
        } finally {
            own.close();
        }
    }
}
