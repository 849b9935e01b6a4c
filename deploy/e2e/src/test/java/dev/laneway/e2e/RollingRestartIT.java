package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both processes of a role are replaced, one after the other, under load: no client is failed, nothing is lost, nothing is called twice.
 * Of the last two the oracle is the judge.
 */
@Tag("processes")
class RollingRestartIT extends OneGateway {
    private static final int CLIENTS_OF_EACH = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean loaded;

    @Override
    String config() {
        return "model_list:\n"
                + patient(Configs.openAi("quick", "sim", simulator.baseUrl()))
                + patient(Configs.openAi("slow", "sim~ttft=1500", simulator.baseUrl()))
                + patient(Configs.openAi("paced", "sim~ttft=30~gap=50~chunks=40", simulator.baseUrl()))
                + """
                lanes: {premium: {privacy: cloud_allowed}}
                routes:
                  quick: {lane: premium, chain: [quick]}
                  slow: {lane: premium, chain: [slow]}
                  paced: {lane: premium, chain: [paced]}
                router_settings: {num_retries: 0}
                litellm_settings: {request_timeout: 50}
                """;
    }

    private static String patient(String deployment) {
        return deployment.replace("timeout: 3", "timeout: 40").replace("stream_timeout: 2", "stream_timeout: 40");
    }

    @Override
    Gateway start(Path folder) throws Exception {
        return SeparateProcesses.start(servers, config(), folder);
    }

    private List<Future<?>> load(ExecutorService clients) {
        loaded = true;
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS_OF_EACH; i++) {
            running.add(clients.submit(() -> ask("quick", false)));
            running.add(clients.submit(() -> ask("slow", false)));
            running.add(clients.submit(() -> ask("paced", true)));
        }
        return running;
    }

    /** Asks until the load ends; the first failure is kept. */
    private Void ask(String model, boolean streamed) throws Exception {
        while (loaded && failures.isEmpty()) {
            HttpResponse<String> answer = Http.chat(gateway, Http.question(model, streamed));
            boolean whole = answer.statusCode() == 200
                    && !answer.body().contains("\"error\"")
                    && (!streamed || Sse.data(answer.body()).getLast().equals("[DONE]"));
            if (whole) {
                answered.incrementAndGet();
            } else {
                failures.add(model + " " + Http.header(answer, "x-request-id") + ": " + answer.statusCode() + " "
                        + answer.body());
            }
        }
        return null;
    }

    private void awaitMoreAnswers(int more) {
        int before = answered.get();
        await().atMost(PATIENCE).until(() -> answered.get() >= before + more || !failures.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"provider-workers", "router-worker", "accounting"})
    void shouldFailNobodyWhileARoleIsReplaced(String role) throws Exception {
        SeparateProcesses processes = (SeparateProcesses) gateway;
        List<Integer> codes = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = load(clients);
            awaitMoreAnswers(20);

            for (String name : List.of(role + "-0", role + "-1")) {
                codes.add(processes.stop(name));
                awaitMoreAnswers(20);
                processes.launch(List.of(name));
                awaitMoreAnswers(20);
            }

            loaded = false;
            for (Future<?> client : running) {
                client.get();
            }
        }
        assertThat(failures).isEmpty();
        assertThat(codes).as("exit codes").containsExactly(0, 0);
        oracle.check();
    }
}
