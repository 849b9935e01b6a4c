package dev.laneway.testkit.server;

import static dev.laneway.testkit.server.Sim.events;
import static dev.laneway.testkit.server.Sim.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Legacy completions, and Ollama's embeddings. */
class TextIT {
    private static Sim sim;

    @BeforeAll
    static void start() throws Exception {
        sim = new Sim();
    }

    @AfterAll
    static void stop() {
        sim.close();
    }

    @Test
    void shouldCompleteEachPrompt() throws Exception {
        JsonNode answer = json(
                sim.post("/v1/completions", "{\"model\":\"sim\",\"prompt\":[\"say: a\",\"b\"],\"n\":2,\"echo\":true}"));

        assertThat(answer.path("object").asText()).isEqualTo("text_completion");
        assertThat(answer.path("choices")).hasSize(4);
        assertThat(answer.at("/choices/1/text").asText()).startsWith("say: a");
        assertThat(answer.at("/choices/2/text").asText()).startsWith("b");
    }

    @Test
    void shouldStreamWhatItSaysUnstreamed() throws Exception {
        HttpResponse<String> streamed = sim.post(
                "/v1/completions",
                "{\"model\":\"sim\",\"prompt\":\"say: one two three\",\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true}}");

        List<JsonNode> chunks = events(streamed.body());
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.at("/choices/0/text").asText("")));
        assertThat(text).hasToString("one two three");
        assertThat(chunks.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(4);
        assertThat(streamed.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void shouldRefuseARequestWithoutAPrompt() throws Exception {
        assertThat(sim.post("/v1/completions", "{\"model\":\"sim\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldEmbedAsOllamaDoes() throws Exception {
        JsonNode present = json(sim.post("/api/embed", "{\"model\":\"e\",\"input\":[\"a\",\"b\"],\"dimensions\":8}"));
        JsonNode former = json(sim.post("/api/embeddings", "{\"model\":\"e\",\"prompt\":\"a\"}"));

        assertThat(present.path("embeddings")).hasSize(2);
        assertThat(present.at("/embeddings/0")).hasSize(8);
        assertThat(present.path("prompt_eval_count").asInt()).isEqualTo(2);
        assertThat(former.path("embedding")).hasSize(64);
    }
}
