package dev.laneway.standalone.prove;

import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Problem;
import dev.laneway.runtime.config.RouteReport;
import dev.laneway.runtime.config.Severity;
import dev.laneway.standalone.prove.Proof.Attack;
import dev.laneway.standalone.prove.Proof.Judgement;
import dev.laneway.standalone.prove.Proof.OfRoute;
import dev.laneway.standalone.prove.Proof.Try;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Puts a proof together.
 *
 * @param laneway this build
 * @param config the file's name
 */
public record Rehearsal(String laneway, String config) {
    private static final String METHOD =
            "No vendor was called: the whole system ran with this config, and every deployment's address"
                    + " was replaced by a recording simulator, one for all that is inside the network and one for all outside. Rules on regions were not"
                    + " tried.";
    private static final String REFUSED_METHOD =
            "Nothing was run: the config is refused when it is read, the first of the fences.";

    /** Of a config that can't be put in force. */
    public Proof refused(ConfigResult.Invalid invalid) {
        List<Problem> errors = invalid.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        return new Proof(
                false,
                laneway,
                Instant.now().toString(),
                config,
                REFUSED_METHOD,
                null,
                null,
                errors,
                List.of(),
                List.of(),
                List.of());
    }

    /**
     * Tries and attacks a running system. Blocks for about a second a route.
     *
     * @param could what the routes of the original reach
     * @param rehearsed the config that the system runs with
     */
    public Proof run(
            ConfigResult.Valid original, RouteReport could, GatewayConfig rehearsed, Rehearsed system, Stage stage)
            throws IOException, InterruptedException, ExecutionException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            Map<String, List<Try>> tries = new Prover(system, stage, rehearsed, client).tryAll();
            TraceReader traces = new TraceReader(client, system.management());
            List<Attack> attacks = new Forger(system, stage, rehearsed, traces).attackAll();
            Judge judge = new Judge(original.config(), rehearsed);
            List<OfRoute> routes = new ArrayList<>();
            for (RouteReport.Entry entry : could.routes()) {
                List<Try> made = Objects.requireNonNull(tries.get(entry.route()));
                routes.add(route(entry, made, judge.judge(entry.route(), made)));
            }
            List<SeenCall> strays = strays(stage.calls(), tries, attacks);
            boolean kept = routes.stream().allMatch(route -> route.verdict().kept())
                    && attacks.stream().allMatch(Attack::held)
                    && strays.isEmpty();
            return new Proof(
                    kept,
                    laneway,
                    Instant.now().toString(),
                    config,
                    METHOD,
                    original.config().version(),
                    sha256(original.publishableText()),
                    List.of(),
                    routes,
                    attacks,
                    strays);
        }
    }

    private static OfRoute route(RouteReport.Entry entry, List<Try> tries, Judgement judgement) {
        return new OfRoute(
                entry.route(),
                entry.lane(),
                entry.purpose(),
                entry.privacy(),
                entry.zone(),
                judgement.verdict(),
                judgement.because(),
                entry.hops(),
                tries);
    }

    /** Calls that came after their try was over would be here too. */
    private static List<SeenCall> strays(List<SeenCall> all, Map<String, List<Try>> tries, List<Attack> attacks) {
        List<SeenCall> explained = Stream.concat(
                        tries.values().stream().flatMap(List::stream).flatMap(tried -> tried.calls().stream()),
                        attacks.stream().flatMap(attack -> attack.calls().stream()))
                .toList();
        return all.stream()
                .filter(call ->
                        explained.stream().noneMatch(known -> known.attempt().equals(call.attempt())))
                .toList();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
