package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.e2e.FaultTable.Ending;
import dev.laneway.standalone.faults.ClientFormat;
import dev.laneway.standalone.faults.FaultCase;
import dev.laneway.standalone.faults.FaultCase.Way;
import dev.laneway.standalone.faults.FaultConfig;
import dev.laneway.standalone.faults.Heard;
import dev.laneway.standalone.faults.VendorFormat;
import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.faults.FaultSamples;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults of the simulator, by vendors of every format, before clients of every format, streamed and not, with and without another hop,
 * and on routes that continue streams. All are asked at once, before the tests.
 */
abstract class FaultsContract extends OneGateway {
    private static final String BROKER_AWAY = "can't take requests just now";

    private static final int CLIENTS = 64;

    final Map<FaultCase, HttpResponse<String>> answers = new HashMap<>();
    final Map<String, List<Call>> calls = new HashMap<>();
    private String whole = "";

    /** What is tried. */
    abstract List<FaultCase> cases();

    /** Those of the faults that a vendor can have, for every vendor and every client. */
    static List<FaultCase> everyPair(List<String> faults) {
        List<FaultCase> cases = new ArrayList<>();
        for (VendorFormat vendor : VendorFormat.values()) {
            for (ClientFormat client : ClientFormat.values()) {
                cases.addAll(FaultCase.pair(vendor, client, faults));
            }
        }
        return cases;
    }

    /** All but the one of many packets. */
    static List<String> quickFaults() {
        return FaultSamples.all().stream()
                .filter(fault -> !fault.equals("slow-drip"))
                .toList();
    }

    @Override
    String config() {
        return FaultConfig.of(cases(), simulator.baseUrl(), "os.environ/SIM_KEY");
    }

    @BeforeAll
    void askAll() throws Exception {
        whole = ClientFormat.OPENAI
                .hear(ask(ClientFormat.OPENAI, FaultConfig.SOUND, false).body(), false)
                .text();
        Map<FaultCase, Future<HttpResponse<String>>> asked = new HashMap<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
                ExecutorService patient = Executors.newVirtualThreadPerTaskExecutor()) {
            for (FaultCase each : cases()) {
                asked.put(
                        each,
                        (each.slow() ? patient : clients)
                                .submit(() -> ask(each.client(), each.route(), each.streamed())));
            }
            for (Map.Entry<FaultCase, Future<HttpResponse<String>>> each : asked.entrySet()) {
                answers.put(each.getKey(), each.getValue().get());
            }
        }
        for (Call call : simulator.calls()) {
            String request = call.attemptId().substring(0, call.attemptId().indexOf(':'));
            calls.computeIfAbsent(request, id -> new ArrayList<>()).add(call);
        }
    }

    /** Again where the broker is too slow for all that are asked at once, as its clients are told. */
    private HttpResponse<String> ask(ClientFormat client, String model, boolean stream) {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(120))
                .until(
                        () -> Http.post(gateway, client.path(model, stream), client.body(model, stream)),
                        answer -> !answer.body().contains(BROKER_AWAY));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldFallBackOrEndHonestly(FaultCase tried) throws Exception {
        HttpResponse<String> answer = answers.get(tried);

        List<Call> made = calls.get(Http.header(answer, "x-request-id"));
        assertThat(made).as(answer.body()).isNotNull();
        assertThat(made.getFirst().fault()).startsWith(headOf(tried.fault()));
        switch (FaultTable.ending(tried)) {
            case Ending.Good() -> {
                assertThat(made).hasSize(1);
                isGood(tried, answer, 0);
            }
            case Ending.Refused(int status) -> {
                if (tried.way() == Way.NEVER) {
                    assertThat(made).hasSize(1);
                    isRefused(tried, answer, status);
                } else {
                    assertThat(made).hasSize(2);
                    isGood(tried, answer, 1);
                }
            }
            case Ending.Lost() -> {
                assertThat(made).hasSizeLessThanOrEqualTo(tried.way() == Way.CONTINUED ? 2 : 1);
                assertThat(isBroken(tried, answer, 502).text()).isEqualTo(whole);
            }
            case Ending.Broken(boolean slow) -> {
                if (tried.way() == Way.CONTINUED) {
                    assertThat(made).hasSize(2);
                    assertThat(isGood(tried, answer, 0).text()).isEqualTo(whole);
                } else {
                    assertThat(made).hasSize(1);
                    isBroken(tried, answer, slow ? 504 : 502);
                }
            }
        }
    }

    private static String headOf(String fault) {
        return fault.contains("~") ? fault.substring(0, fault.indexOf('~')) : fault;
    }

    private static Heard isGood(FaultCase tried, HttpResponse<String> answer, int fallbacks) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (answer.headers().firstValue("x-laneway-fallbacks").isPresent()) {
            assertThat(Http.header(answer, "x-laneway-fallbacks")).isEqualTo("" + fallbacks);
        } else if (tried.client() != ClientFormat.OLLAMA) {
            // the headers had to go before the answer
            assertThat(answer.body()).contains(": x-laneway-fallbacks: " + fallbacks + "\n");
        }
        Heard heard = tried.client().hear(answer.body(), tried.streamed());
        assertThat(heard.text()).as(answer.body()).isNotBlank();
        assertThat(heard.ended()).as(answer.body()).isTrue();
        assertThat(heard.error()).as(answer.body()).isEmpty();
        return heard;
    }

    private static void isRefused(FaultCase tried, HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(tried.client().errorOf(answer.body()))
                .as(answer.body())
                .startsWith(FaultTable.errorWord(tried.client(), status));
        assertThat(answer.body()).containsPattern("\"(message|error)\":\"[^\"]");
        assertThat(Http.header(answer, "x-laneway-fallbacks")).isEqualTo("0");
        if (status == 429 || status == 503) {
            assertThat(Http.header(answer, "retry-after")).matches("[1-9]\\d*");
        }
    }

    private static Heard isBroken(FaultCase tried, HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Heard heard = tried.client().hear(answer.body(), true);
        assertThat(heard.text()).as(answer.body()).isNotBlank();
        assertThat(heard.ended()).as(answer.body()).isFalse();
        assertThat(heard.error()).as(answer.body()).startsWith(FaultTable.errorWord(tried.client(), status));
        return heard;
    }
}
