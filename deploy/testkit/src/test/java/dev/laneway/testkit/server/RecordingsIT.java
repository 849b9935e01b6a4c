package dev.laneway.testkit.server;

import static dev.laneway.testkit.server.Sim.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares streams with recordings of the real vendors: each kind of event that a recording holds, the simulator must
 * send too, with every field of it in the same type. It may send more.
 */
class RecordingsIT {
    private static Sim sim;
    private static Path folder;

    @BeforeAll
    static void start() throws Exception {
        String recordings = System.getenv("LANEWAY_RECORDINGS");
        assumeTrue(recordings != null, "LANEWAY_RECORDINGS names no folder with recordings of the vendors");
        folder = Path.of(recordings);
        sim = new Sim();
    }

    @AfterAll
    static void stop() {
        if (sim != null) {
            sim.close();
        }
    }

    @Test
    void shouldLookLikeOpenAisToolCall() throws Exception {
        compare(
                "oai-chat-tools.txt",
                "/v1/chat/completions",
                "{\"model\":\"sim\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_capital\",\"parameters\":"
                        + "{\"type\":\"object\",\"required\":[\"country\"],\"properties\":{\"country\":{}}}}}],"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"call get_capital\"}]}");
    }

    @Test
    void shouldLookLikeOpenAisUsage() throws Exception {
        compare(
                "oai-chat-usage.txt",
                "/v1/chat/completions",
                "{\"model\":\"sim\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                        + "\"reasoning_effort\":\"high\",\"max_completion_tokens\":100,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    }

    @Test
    void shouldLookLikeAzuresFilterResults() throws Exception {
        compare(
                "azure-filter.txt",
                "/openai/deployments/gpt/chat/completions",
                "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    }

    @Test
    void shouldLookLikeDeepSeeksReasoning() throws Exception {
        compare(
                "deepseek-reasoning.txt",
                "/v1/chat/completions",
                "{\"model\":\"deepseek-reasoner~reasoning=9\",\"stream\":true,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    }

    @Test
    void shouldLookLikeAnthropicsThinking() throws Exception {
        compare(
                "ant-thinking.txt",
                "/v1/messages",
                "{\"model\":\"sim\",\"stream\":true,\"max_tokens\":3000,"
                        + "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024},"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    }

    @Test
    void shouldLookLikeAnthropicsToolCalls() throws Exception {
        compare(
                "ant-tools.txt",
                "/v1/messages",
                "{\"model\":\"sim\",\"stream\":true,\"max_tokens\":3000,\"tools\":["
                        + "{\"name\":\"get_weather\",\"input_schema\":{\"type\":\"object\",\"required\":[\"city\"],"
                        + "\"properties\":{\"city\":{}}}},"
                        + "{\"name\":\"get_time\",\"input_schema\":{\"type\":\"object\"}}],"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"parallel\"}]}");
    }

    private static void compare(String recording, String path, String body) throws Exception {
        String recorded = Files.readString(folder.resolve(recording));
        String simulated =
                sim.post(path, body, "anthropic-version", "2023-06-01").body();

        assertThat(names(simulated)).isEqualTo(names(recorded));
        assertThat(simulated.endsWith("data: [DONE]\n\n"))
                .isEqualTo(recorded.strip().endsWith("data: [DONE]"));
        Map<String, Set<String>> own = shapes(events(simulated));
        shapes(events(recorded)).forEach((kind, fields) -> {
            assertThat(own).as("kinds of events").containsKey(kind);
            assertThat(own.get(kind)).as("fields of %s", kind).containsAll(fields);
        });
    }

    /** The names of a stream's events. */
    private static Set<String> names(String stream) {
        return stream.lines().filter(line -> line.startsWith("event:")).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Set<String>> shapes(List<JsonNode> events) {
        Map<String, Set<String>> shapes = new TreeMap<>();
        for (JsonNode event : events) {
            Set<String> fields = new TreeSet<>();
            fields("", event, fields);
            // Fields that only some events of a kind have must not count against the others.
            shapes.computeIfAbsent(kind(event), kind -> new TreeSet<>()).addAll(fields);
        }
        return shapes;
    }

    private static String kind(JsonNode event) {
        if (event.has("type")) {
            return event.get("type").asText()
                    + event.at("/delta/type").asText("")
                    + event.at("/content_block/type").asText("");
        }
        JsonNode choice = event.at("/choices/0");
        Set<String> delta = new TreeSet<>();
        choice.path("delta").properties().forEach(field -> {
            String text =
                    field.getValue().isTextual() && field.getValue().asText().isEmpty() ? "empty" : "";
            // Azure's recording is older than the field.
            if (!field.getKey().equals("refusal")) {
                delta.add(field.getKey() + (field.getValue().isNull() ? "=null" : text));
            }
        });
        boolean usage = event.path("usage").isObject();
        return "chunk" + delta + choice.path("finish_reason").isTextual() + usage
                + event.get("choices").isEmpty();
    }

    private static void fields(String at, JsonNode value, Set<String> fields) {
        if (value.isObject()) {
            value.properties().forEach(field -> fields(at + "/" + field.getKey(), field.getValue(), fields));
            fields.add(at + ":object");
        } else if (value.isArray()) {
            value.forEach(item -> fields(at + "[]", item, fields));
            fields.add(at + ":array");
        } else {
            // The deprecated fingerprint and the tier may be null or a text, as the vendor pleases.
            boolean either = at.endsWith("/system_fingerprint") || at.endsWith("/service_tier");
            fields.add(at + ":" + (either ? "text or null" : value.getNodeType()));
        }
    }
}
