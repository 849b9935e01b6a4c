package dev.laneway.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Runs the whole bench: starts the targets as processes of their own, measures one after the other, judges. Blocks. */
public final class Bench implements AutoCloseable {
    private static final String KEY = "sk-bench";
    private static final String GOVERNED_KEY = "sk-bench-with-budget-and-limits";
    private static final int CHUNKS = 64;
    private static final String PACED = "sim~ttft=20~gap=20~chunks=" + CHUNKS;
    private static final String PLAIN = "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":"
            + "\"Say in one sentence what a lane is.\"}],\"max_tokens\":64}";
    private static final String STREAMED =
            "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":"
                    + "\"Say in one sentence what a lane is.\"}]}";

    private final BenchSettings settings;
    private final PrintWriter out;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    private final List<BenchReport.Row> rows = new ArrayList<>();
    private final List<BenchReport.StreamRow> streams = new ArrayList<>();

    public Bench(BenchSettings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /** Measures everything. */
    public BenchReport run() throws IOException, InterruptedException {
        String startedAt = Instant.now().toString();
        double memory;
        double firstAnswer;
        try (Target vendor = simulator()) {
            URI vendorBase = vendor.uri().resolve("/v1");
            try (Target laneway = laneway(BenchReport.LANEWAY, vendorBase, Map.of())) {
                firstAnswer = firstAnswer(laneway);
                try (Target bare = bareHops(vendorBase);
                        Target unclaimed =
                                laneway(BenchReport.UNCLAIMED, vendorBase, Map.of("LANEWAY_WITHOUT_CLAIMS", "true"))) {
                    warmUp(vendor, "sim");
                    warmUp(bare, "sim");
                    warmUp(laneway, "plain");
                    warmUp(laneway, "translated");
                    Target governed = laneway.with(GOVERNED_KEY);
                    warmUp(governed, "plain");
                    warmUp(unclaimed, "plain");
                    for (int connections : settings.connections()) {
                        for (int round = 1; round <= settings.rounds(); round++) {
                            measure(BenchReport.DIRECT, vendor, vendor, "sim", connections, round);
                            measure(BenchReport.BARE, bare, vendor, "sim", connections, round);
                            measure(BenchReport.LANEWAY, laneway, vendor, "plain", connections, round);
                            measure(BenchReport.TRANSLATED, laneway, vendor, "translated", connections, round);
                            measure(BenchReport.GOVERNED, governed, vendor, "plain", connections, round);
                            measure(BenchReport.UNCLAIMED, unclaimed, vendor, "plain", connections, round);
                        }
                    }
                }
                for (int round = 1; round <= settings.rounds(); round++) {
                    streams.add(streams(BenchReport.DIRECT, vendor, PACED, round));
                    streams.add(streams(BenchReport.LANEWAY, laneway, "paced", round));
                }
                memory = laneway.pssMib();
            }
        }
        return new BenchReport(
                startedAt,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                rows,
                streams,
                memory,
                firstAnswer,
                Judge.judge(rows, streams, memory, firstAnswer));
    }

    @Override
    public void close() {
        vertx.close();
    }

    private void warmUp(Target target, String model) throws IOException, InterruptedException {
        say(target.name() + ": warming up");
        load(target, model, 64, 0, settings.warmupSeconds() * 1000L);
    }

    private void measure(String name, Target target, Target vendor, String model, int connections, int round)
            throws IOException, InterruptedException {
        double targetBefore = target.cpuSeconds();
        double serversBefore = target.serversCpuSeconds();
        double vendorBefore = vendor.cpuSeconds();
        double loadBefore = ProcessProbe.ownCpuSeconds();
        Load.Result result = load(target, model, connections, 300, settings.seconds() * 1000L);
        double answers = Math.max(1, result.all());
        boolean direct = target.equals(vendor);
        BenchReport.Row row = new BenchReport.Row(
                name,
                connections,
                round,
                result.answers(),
                result.errors(),
                result.perSecond(),
                result.latency().getValueAtPercentile(50) / 1000.0,
                result.latency().getValueAtPercentile(90) / 1000.0,
                result.latency().getValueAtPercentile(99) / 1000.0,
                direct ? 0 : (target.cpuSeconds() - targetBefore) * 1000 / answers,
                direct ? 0 : (target.serversCpuSeconds() - serversBefore) * 1000 / answers,
                (vendor.cpuSeconds() - vendorBefore) * 1000 / answers,
                (ProcessProbe.ownCpuSeconds() - loadBefore) * 1000 / answers);
        rows.add(row);
        say(name + ": " + connections + " connections, round " + round + ", " + Math.round(row.perSecond())
                + " answers/s, p50 " + row.p50Millis() + " ms");
    }

    private Load.Result load(Target target, String model, int connections, long warmup, long millis)
            throws IOException, InterruptedException {
        return on(
                () -> Load.run(vertx, target.uri(), PLAIN.formatted(model), target.key(), connections, warmup, millis));
    }

    private BenchReport.StreamRow streams(String name, Target target, String model, int round)
            throws IOException, InterruptedException {
        say(name + ": " + settings.streams() + " paced streams");
        String body = STREAMED.formatted(model);
        StreamLoad.Result one = on(() -> StreamLoad.run(vertx, target.uri(), body, target.key(), 1, 60_000));
        StreamLoad.Result all =
                on(() -> StreamLoad.run(vertx, target.uri(), body, target.key(), settings.streams(), 60_000));
        return new BenchReport.StreamRow(
                name,
                settings.streams(),
                round,
                all.complete(),
                all.failed(),
                all.frames(),
                one.frames() * settings.streams(),
                all.gaps().getValueAtPercentile(50) / 1000.0,
                all.gaps().getValueAtPercentile(99) / 1000.0,
                all.first().getValueAtPercentile(99) / 1000.0);
    }

    private <T> T on(Supplier<Future<T>> work) throws IOException, InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        vertx.runOnContext(v -> work.get().onSuccess(result::complete).onFailure(result::completeExceptionally));
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IOException("the load could not run: " + e.getCause(), e);
        }
    }

    private static Target simulator() throws IOException {
        return Target.start(
                "simulator",
                List.of("dev.laneway.testkit.SimulatorMain", "--port", "0"),
                Map.of(),
                Pattern.compile("ready at http://[^:]+:(\\d+)"),
                "/v1/chat/completions",
                KEY);
    }

    private static Target bareHops(URI vendor) throws IOException {
        return Target.start(
                BenchReport.BARE,
                List.of("dev.laneway.bench.BareHops", vendor.toString()),
                Map.of(),
                Pattern.compile("ready (\\d+)"),
                "/v1/chat/completions",
                KEY);
    }

    private static Target laneway(String name, URI vendor, Map<String, String> more) throws IOException {
        Path config = Files.createTempFile("laneway-bench", ".yaml");
        config.toFile().deleteOnExit();
        Files.writeString(config, """
                model_list:
                  - model_name: plain
                    litellm_params: {model: openai/sim, api_base: "%1$s", api_key: os.environ/BENCH_KEY}
                    model_info: {input_cost_per_token: 0.0000025, output_cost_per_token: 0.00001}
                  - model_name: paced
                    litellm_params: {model: "openai/%2$s", api_base: "%1$s", api_key: os.environ/BENCH_KEY}
                  - model_name: translated
                    litellm_params: {model: anthropic/sim, api_base: "%3$s", api_key: os.environ/BENCH_KEY}
                api_keys:
                  - name: governed
                    key: os.environ/BENCH_GOVERNED
                    budget: 1000000
                    budget_reset_frequency: monthly
                    rpm_limit: 100000000
                    tpm_limit: 2000000000
                    max_parallel_requests: 10000
                """.formatted(vendor, PACED, vendor.resolve("/")), StandardCharsets.UTF_8);
        int port = freePort();
        Map<String, String> environment = new HashMap<>(more);
        environment.put("LANEWAY_MASTER_KEY", KEY);
        environment.put("BENCH_KEY", KEY);
        environment.put("BENCH_GOVERNED", GOVERNED_KEY);
        return Target.start(
                name,
                List.of(
                        "dev.laneway.standalone.Main",
                        "up",
                        "--ephemeral",
                        "--config",
                        config.toString(),
                        "--port",
                        String.valueOf(port),
                        "--management-port",
                        "0"),
                environment,
                Pattern.compile("^Laneway is ready.*?:(" + port + ")"),
                "/v1/chat/completions",
                KEY);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static double firstAnswer(Target target) throws IOException {
        HttpURLConnection call = (HttpURLConnection) target.uri().toURL().openConnection();
        call.setRequestMethod("POST");
        call.setDoOutput(true);
        call.setRequestProperty("authorization", "Bearer " + target.key());
        call.setRequestProperty("content-type", "application/json");
        call.getOutputStream().write(PLAIN.formatted("plain").getBytes(StandardCharsets.UTF_8));
        if (call.getResponseCode() != 200) {
            throw new IOException("the first answer's status is " + call.getResponseCode());
        }
        call.getInputStream().readAllBytes();
        return (System.nanoTime() - target.startedAt()) / 1e9;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
