package dev.laneway.testkit.server;

import static dev.laneway.testkit.server.Sim.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.calls.Finish;
import dev.laneway.testkit.faults.Glob;
import dev.laneway.testkit.limits.LimitRule;
import java.net.http.HttpResponse;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsIT {
    private static final String BODY =
            "{\"model\":\"sim\",\"max_tokens\":93,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static Sim sim;

    @BeforeAll
    static void start() throws Exception {
        sim = new Sim(SimulatorConfig.defaults().withLimits(List.of(new LimitRule(Glob.ANY, 2, 0, 0))));
    }

    @AfterAll
    static void stop() {
        sim.close();
    }

    @BeforeEach
    void reset() {
        sim.simulator.reset();
    }

    @Test
    void shouldEnforceTheLimitItWasStartedWith() throws Exception {
        sim.chat(BODY);
        HttpResponse<String> second = sim.chat(BODY);

        HttpResponse<String> third = sim.chat(BODY);

        assertThat(second.headers().firstValue("x-ratelimit-remaining-requests"))
                .hasValue("0");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(json(third).at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
        assertThat(third.headers().firstValueAsLong("retry-after").orElseThrow())
                .isBetween(10L, 30L);
        assertThat(third.headers().firstValue("x-ratelimit-reset-requests"))
                .hasValueSatisfying(reset -> assertThat(reset).matches("1m0s|[1-5]\\d(\\.\\d+)?s"));
        assertThat(sim.simulator.calls().getLast().status()).isEqualTo(429);
    }

    @Test
    void shouldCountEachKeyByItself() throws Exception {
        sim.chat(BODY);
        sim.chat(BODY);

        assertThat(sim.chat(BODY, "x-api-key", "another").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldEnforceTokensAsAnthropicDoes() throws Exception {
        put("[{\"model\":\"sim\",\"tpm\":150}]");
        HttpResponse<String> first = sim.messages(BODY);

        HttpResponse<String> second = sim.messages(BODY);

        assertThat(first.headers().firstValue("anthropic-ratelimit-tokens-remaining"))
                .hasValue("50");
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(json(second).at("/error/type").asText()).isEqualTo("rate_limit_error");
        assertThat(second.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void shouldEnforceParallelCallsUntilOneEnds() throws Exception {
        put("[{\"model\":\"*\",\"parallel\":1}]");
        try (RawExchange running =
                new RawExchange(sim.simulator.port(), "/v1/chat/completions", BODY.replace("sim", "sim~ttft=600s"))) {
            Awaitility.await()
                    .until(() -> !sim.simulator.calls().isEmpty()
                            && !sim.simulator.calls().getFirst().bodySha256().isEmpty());

            assertThat(sim.chat(BODY.replace("sim", "sim~ttft=600s")).statusCode())
                    .isEqualTo(429);
        }
        Awaitility.await().until(() -> sim.simulator.calls().getFirst().finish() == Finish.CLIENT_CLOSED);

        assertThat(sim.chat(BODY.replace("sim", "sim~ttft=0")).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldShowAndResetLimits() throws Exception {
        put("[{\"model\":\"gpt-*\",\"rpm\":5,\"tpm\":6,\"parallel\":7}]");
        assertThat(json(sim.get("/sim/limits")).at("/0/parallel").asInt()).isEqualTo(7);

        sim.post("/sim/reset", "");

        assertThat(json(sim.get("/sim/limits")).at("/0/rpm").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"rpm\":\"60\"}]",
                "[{\"rpm\":1.5}]",
                "[{\"tpm\":-1}]",
                "[{\"tpm\":3000000000}]",
                "[{\"requests\":60}]",
                "[{\"model\":7}]",
                "[60]",
                "{}",
                "",
                "["
            })
    void shouldRefuseLimitsThatItCannotRead(String rules) throws Exception {
        HttpResponse<String> response = sim.send("PUT", "/sim/limits", rules);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("error").asText()).isNotBlank();
        assertThat(json(sim.get("/sim/limits")).at("/0/rpm").asInt()).isEqualTo(2);
    }

    private static void put(String rules) throws Exception {
        assertThat(sim.send("PUT", "/sim/limits", rules).statusCode()).isEqualTo(200);
    }
}
