package dev.laneway.standalone.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.testkit.VendorSimulator;
import dev.laneway.testkit.calls.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/** Tries all cases on a running system, at once, and reads what came of them. */
public final class FaultTrial {
    private static final int CLIENTS = 48;
    private static final Duration LATE_LINES = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 50;

    private final URI api;
    private final String key;
    private final VendorSimulator simulator;
    private final RouterLog log;

    /** @param log opened before the system was */
    public FaultTrial(URI api, String key, VendorSimulator simulator, RouterLog log) {
        this.api = api;
        this.key = key;
        this.simulator = simulator;
        this.log = log;
    }

    /** The config that the system has to run with. */
    public static String config(String simulator) {
        return FaultConfig.of(FaultCase.all(), simulator, "simulated");
    }

    /** What to call the deployments of that config. */
    public static UnaryOperator<String> names(GatewayConfig config) {
        return new HopNames(config, FaultConfig.SOUND);
    }

    /** @param names gives each deployment's id in a line of the log the name of its group */
    public List<FaultOutcome> run(UnaryOperator<String> names)
            throws IOException, InterruptedException, ExecutionException {
        Map<FaultCase, Future<HttpResponse<String>>> asked = new LinkedHashMap<>();
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
                ExecutorService patient = Executors.newVirtualThreadPerTaskExecutor()) {
            String whole = ClientView.text(ask(
                    client,
                    ClientFormat.OPENAI.path(FaultConfig.SOUND, false),
                    ClientFormat.OPENAI.body(FaultConfig.SOUND, false)));
            for (FaultCase each : FaultCase.all()) {
                asked.put(each, (each.slow() ? patient : clients).submit(() -> ask(client, each)));
            }
            List<FaultOutcome> outcomes = new ArrayList<>();
            for (Map.Entry<FaultCase, Future<HttpResponse<String>>> each : asked.entrySet()) {
                outcomes.add(outcome(each.getKey(), each.getValue().get(), whole, names));
            }
            return outcomes;
        }
    }

    private HttpResponse<String> ask(HttpClient client, FaultCase asked) throws IOException, InterruptedException {
        return ask(
                client,
                asked.client().path(asked.route(), asked.streamed()),
                asked.client().body(asked.route(), asked.streamed()));
    }

    private HttpResponse<String> ask(HttpClient client, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(path))
                .timeout(Duration.ofSeconds(90))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private FaultOutcome outcome(
            FaultCase tried, HttpResponse<String> answer, String whole, UnaryOperator<String> names)
            throws JsonProcessingException, InterruptedException {
        String id = answer.headers().firstValue("x-request-id").orElse("");
        List<Call> calls = simulator.calls().stream()
                .filter(call -> call.attemptId().startsWith(id + ":"))
                .toList();
        return outcome(tried, answer, whole, calls.size(), linesOf(tried, id, answer), names);
    }

    /** What a line of a request that failed says comes once its fact is written, a moment after its client was told. */
    private List<String> linesOf(FaultCase tried, String id, HttpResponse<String> answer)
            throws JsonProcessingException, InterruptedException {
        boolean ends = answer.statusCode() != 200
                || !tried.client().hear(answer.body(), tried.streamed()).error().isEmpty();
        long patience = System.nanoTime() + LATE_LINES.toNanos();
        while (ends
                && log.of(id).stream().noneMatch(line -> line.startsWith("ended"))
                && System.nanoTime() < patience) {
            Thread.sleep(LOOK_MILLIS);
        }
        return log.of(id);
    }

    /** Puts an outcome together from what was seen elsewhere. */
    public static FaultOutcome outcome(
            FaultCase tried,
            HttpResponse<String> answer,
            String whole,
            int calls,
            List<String> lines,
            UnaryOperator<String> names)
            throws JsonProcessingException {
        return new FaultOutcome(
                tried,
                ClientView.of(tried, answer, whole),
                calls,
                lines.stream().map(names).toList());
    }
}
