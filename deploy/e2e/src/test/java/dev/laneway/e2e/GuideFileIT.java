package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.services.ServicesConfig;
import dev.laneway.standalone.serve.Standalone;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** The example in the spelling of guides, started as it is: its models, its routes and its keys hold. */
class GuideFileIT extends OneGateway {
    private static final Path FILE = Path.of("..", "examples", "moving", "guide.yaml");
    private static final String BLUE = "sk-team-blue-0123456789";
    private static final String RED = "sk-team-red-0123456789";

    @Override
    String config() {
        return "";
    }

    @Override
    Gateway start(Path folder) {
        Map<String, String> environment = new HashMap<>(Brokers.environment(servers.kafka()));
        environment.put("LITELLM_MASTER_KEY", Gateway.KEY);
        environment.put("TEAM_BLUE_KEY", BLUE);
        environment.put("TEAM_RED_KEY", RED);
        environment.put("OPENAI_API_KEY", Gateway.VENDOR_KEY);
        environment.put("OPENAI_BASE_URL", simulator.baseUrl() + "/v1");
        environment.put("ANTHROPIC_API_KEY", Gateway.VENDOR_KEY);
        environment.put("ANTHROPIC_BASE_URL", simulator.baseUrl());
        Standalone laneway = started(folder, environment);
        return new InOneJvm(laneway, servers, FILE);
    }

    private Standalone started(Path folder, Map<String, String> environment) {
        try {
            return Standalone.start(new Standalone.Settings(
                    FILE,
                    "127.0.0.1",
                    0,
                    0,
                    1,
                    false,
                    new ServicesConfig(
                            folder.resolve("data"),
                            false,
                            servers.kafka().servers(),
                            servers.databaseUrl(),
                            servers.redisUrl()),
                    folder.resolve("state"),
                    Environment.of(environment),
                    Duration.ofSeconds(10),
                    generated -> {}));
        } catch (Exception refused) {
            throw new AssertionError("the guide's file does not start", refused);
        }
    }

    @Test
    void shouldShowEachKeyWhatItMayCall() throws Exception {
        assertThat(models(Gateway.KEY))
                .containsExactlyInAnyOrder("gpt-4o", "claude-sonnet", "local-llama", "always-on");
        assertThat(models(BLUE)).containsExactlyInAnyOrder("gpt-4o", "always-on");
        assertThat(models(RED)).containsExactlyInAnyOrder("claude-sonnet", "local-llama");
    }

    @Test
    void shouldCallAModelForAKeyThatMayAndNotForOneThatMayNot() throws Exception {
        HttpResponse<String> blue = chat(BLUE, "gpt-4o");
        int calls = simulator.calls().size();

        HttpResponse<String> red = chat(RED, "gpt-4o");

        assertThat(blue.statusCode()).as(blue.body()).isEqualTo(200);
        assertThat(red.statusCode()).isEqualTo(403);
        assertThat(Http.json(red).at("/error/code").asText()).isEqualTo("model_not_allowed");
        assertThat(simulator.calls()).hasSize(calls);
    }

    @Test
    void shouldCallARouteOfFallbackRoutes() throws Exception {
        HttpResponse<String> answer = chat(BLUE, "always-on");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Http.header(answer, "x-laneway-route")).isEqualTo("always-on");
        assertThat(lastCall().model()).isEqualTo("gpt-4o");
    }

    @Test
    void shouldCallTheOtherVendorInItsWordsForAPatternOfAKey() throws Exception {
        HttpResponse<String> answer = chat(RED, "claude-sonnet");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(lastCall().model()).isEqualTo("claude-sonnet-4-5");
    }

    @Test
    void shouldKeepARequestToTheKeyThatAskedIt() throws Exception {
        String id = Http.header(chat(BLUE, "gpt-4o"), "x-request-id");

        HttpResponse<String> own = get(BLUE, "/v1/requests/" + id);
        HttpResponse<String> other = get(RED, "/v1/requests/" + id);

        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseAKeyThatIsNotThere() throws Exception {
        HttpResponse<String> refused = chat("sk-team-green-0123456789", "gpt-4o");

        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @Test
    void shouldHaveDigestsOnTheControlTopicAndNoKey() {
        String control = control();

        assertThat(control)
                .contains(FileKey.digest(BLUE), FileKey.digest(RED), "team-blue")
                .doesNotContain(BLUE, RED, Gateway.KEY, Gateway.VENDOR_KEY);
    }

    private String control() {
        Map<String, Object> client = new HashMap<>(gateway.kafka());
        client.remove("group.id");
        StringBuilder text = new StringBuilder();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(Topics.CONTROL, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    text.append(record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return text.toString();
    }

    private List<String> models(String key) throws Exception {
        List<String> names = new ArrayList<>();
        for (JsonNode model : Http.json(get(key, "/v1/models")).at("/data")) {
            names.add(model.at("/id").asText());
        }
        return names;
    }

    private HttpResponse<String> get(String key, String path) throws Exception {
        return Http.send(Http.request(gateway, path)
                .setHeader("authorization", "Bearer " + key)
                .GET()
                .build());
    }

    private HttpResponse<String> chat(String key, String model) throws Exception {
        return Http.send(Http.request(gateway, "/v1/chat/completions")
                .setHeader("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Http.question(model)))
                .build());
    }
}
