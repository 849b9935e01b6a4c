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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesIT {
    private static final String TOOLS = """
            ,"tools":[{"type":"function","name":"get_weather","parameters":{"type":"object",
              "properties":{"city":{"type":"string"}},"required":["city"]}}]""";

    private static Sim sim;

    @BeforeAll
    static void start() throws Exception {
        sim = new Sim();
    }

    @AfterAll
    static void stop() {
        sim.close();
    }

    private static HttpResponse<String> ask(String fields) throws Exception {
        return sim.post("/v1/responses", "{\"model\":\"sim\"," + fields + "}");
    }

    @Test
    void shouldAnswerWithAResponse() throws Exception {
        JsonNode response = json(ask("\"input\":\"say: well\""));

        assertThat(response.path("object").asText()).isEqualTo("response");
        assertThat(response.path("status").asText()).isEqualTo("completed");
        assertThat(response.at("/output/0/content/0/text").asText()).isEqualTo("well");
        assertThat(response.at("/usage/total_tokens").asInt()).isPositive();
    }

    @Test
    void shouldNumberTheEventsOfAStreamAndEndWithTheWhole() throws Exception {
        List<JsonNode> events = events(ask("\"stream\":true,\"input\":\"Please call get_weather for me.\"" + TOOLS)
                .body());

        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("sequence_number").asInt()).isEqualTo(i);
        }
        assertThat(events.getFirst().path("type").asText()).isEqualTo("response.created");
        assertThat(events.getLast().path("type").asText()).isEqualTo("response.completed");
        assertThat(events.getLast().at("/response/output/0/name").asText()).isEqualTo("get_weather");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'input':[] | empty_array",
                "'messages':[],'input':'x' | unsupported_parameter",
                "'stop':['x'],'input':'x' | unknown_parameter",
                "'max_output_tokens':1,'input':'x' | integer_below_min_value",
                "'previous_response_id':'resp_1','input':'x' | previous_response_not_found",
                "'input':[{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'lw1.x'}] | invalid_encrypted_content",
                "'input':[{'role':'user','content':'x','id':'m'}] | invalid_value"
            })
    void shouldRefuseAsOpenAiDoes(String fields, String code) throws Exception {
        HttpResponse<String> refused = ask(fields.replace('\'', '"'));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).at("/error/code").asText()).isEqualTo(code);
    }

    @Test
    void shouldFailAStreamByAnEvent() throws Exception {
        HttpResponse<String> stream = sim.post(
                "/v1/responses", "{\"model\":\"sim-fault-error-mid-stream~at=2\",\"stream\":true,\"input\":\"hi\"}");

        assertThat(stream.body()).contains("event: response.failed\n").doesNotContain("response.completed");
    }

    @Test
    void shouldHaveNoOutputWhereThereIsNothingToSay() throws Exception {
        HttpResponse<String> whole = sim.post("/v1/responses", "{\"model\":\"sim-fault-no-choices\",\"input\":\"hi\"}");

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(json(whole).path("output")).isEmpty();
    }
}
