package dev.laneway.testkit.server;

import static dev.laneway.testkit.server.Sim.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated Ollama server, held against what a real one answered. */
class OllamaIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SAY = "\"messages\":[{\"role\":\"user\",\"content\":\"say: one two three\"}]";

    private static Sim sim;

    @BeforeAll
    static void start() throws Exception {
        sim = new Sim();
    }

    @AfterAll
    static void stop() {
        sim.close();
    }

    private static List<JsonNode> lines(HttpResponse<String> response) {
        return response.body().lines().map(OllamaIT::read).toList();
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (Exception e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    private static String said(List<JsonNode> lines, String pointer) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.at(pointer).asText()));
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({"/api/chat, /message/content", "/api/generate, /response", "/ollama/api/chat, /message/content"})
    void shouldStreamLinesUnlessToldNotTo(String path, String pointer) throws Exception {
        String body = "{\"model\":\"sim\"," + SAY + ",\"prompt\":\"say: one two three\"";

        HttpResponse<String> streamed = sim.post(path, body + "}", "no-key", "");
        JsonNode whole = json(sim.post(path, body + ",\"stream\":false}", "no-key", ""));

        List<JsonNode> lines = lines(streamed);
        assertThat(streamed.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        assertThat(said(lines, pointer))
                .isEqualTo("one two three")
                .isEqualTo(whole.at(pointer).asText());
        assertThat(lines.getLast().path("done").asBoolean()).isTrue();
        assertThat(lines.getLast().path("eval_count").asInt()).isPositive();
    }

    @Test
    void shouldCallToolsOnItsLastLine() throws Exception {
        HttpResponse<String> response = sim.post("/api/chat", """
                {"model":"sim","messages":[{"role":"user","content":"call get_weather"}],"tools":[{"type":"function",
                "function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]}""");

        JsonNode call = lines(response).getLast().at("/message/tool_calls/0/function");

        assertThat(call.path("name").asText()).isEqualTo("get_weather");
        assertThat(call.path("arguments").path("city").isTextual()).isTrue();
    }

    @Test
    void shouldThinkUnlessToldNotTo() throws Exception {
        JsonNode thinks = json(sim.post("/api/chat", "{\"model\":\"sim~reasoning=4\",\"stream\":false," + SAY + "}"));
        JsonNode not = json(
                sim.post("/api/chat", "{\"model\":\"sim~reasoning=4\",\"think\":false,\"stream\":false," + SAY + "}"));

        assertThat(thinks.at("/message/thinking").asText()).isNotBlank();
        assertThat(not.at("/message").has("thinking")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"sim\",\"messages\":\"hi\"} | 400 | cannot unmarshal string",
                "{\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":[]}]} | 400 | cannot unmarshal array",
                "{\"model\":\"sim\",\"think\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 400 | does not support thinking",
                "{\"model\":\"sim\",\"options\":{\"temperature\":\"hot\"},\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 500 | must be of type float32",
                "{\"messages\":[]} | 400 | model is required",
                "{\"model\":\"sim-fault-503\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 503 | server busy",
                "{\"model\":\"sim-fault-404\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 404 | not found"
            })
    void shouldRefuseAsARealOneDoes(String body, int status, String words) throws Exception {
        HttpResponse<String> response = sim.post("/api/chat", body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).path("error").asText()).contains(words);
    }

    @Test
    void shouldBreakOffWithALineThatSaysSo() throws Exception {
        HttpResponse<String> response =
                sim.post("/api/chat", "{\"model\":\"sim-fault-error-mid-stream~at=2\"," + SAY + "}");

        List<JsonNode> lines = lines(response);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(lines.getLast().path("error").asText()).contains("unexpected EOF");
        assertThat(lines).noneMatch(line -> line.path("done").asBoolean());
    }

    @Test
    void shouldRememberLoadsApart() throws Exception {
        int calls = sim.simulator.calls().size();

        JsonNode load = json(sim.post("/api/chat", "{\"model\":\"loaded-one\",\"keep_alive\":\"1h\"}"));
        JsonNode unload = json(sim.post("/api/generate", "{\"model\":\"loaded-one\",\"keep_alive\":0}"));

        assertThat(load.path("done_reason").asText()).isEqualTo("load");
        assertThat(unload.path("done_reason").asText()).isEqualTo("unload");
        assertThat(sim.simulator.loads())
                .filteredOn(call -> call.model().equals("loaded-one"))
                .hasSize(2);
        assertThat(sim.simulator.calls()).hasSize(calls);
        assertThat(sim.get("/api/ps").body()).contains("loaded-one");
    }

    @Test
    void shouldTellOfItself() throws Exception {
        assertThat(json(sim.get("/api/version")).path("version").asText()).startsWith("0.");
        assertThat(json(sim.get("/api/tags")).path("models").size()).isPositive();
        assertThat(json(sim.post("/api/show", "{\"model\":\"sim\"}")).path("capabilities"))
                .isNotEmpty();
    }
}
