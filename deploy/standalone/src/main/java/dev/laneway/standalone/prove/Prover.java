package dev.laneway.standalone.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.ChainHop;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.HopOrigin;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.config.Wildcard;
import dev.laneway.standalone.prove.Proof.Try;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks every route, streamed and not, in every scenario that can take its request elsewhere. Blocks; one thread. */
final class Prover {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Rehearsed system;
    private final Stage stage;
    private final GatewayConfig config;
    private final HttpClient client;
    private final TraceReader traces;

    Prover(Rehearsed system, Stage stage, GatewayConfig config, HttpClient client) {
        this.system = system;
        this.stage = stage;
        this.config = config;
        this.client = client;
        this.traces = new TraceReader(client, system.management());
    }

    /** Tries by route, in the order of the config. */
    Map<String, List<Try>> tryAll() throws IOException, InterruptedException {
        Map<String, List<Try>> tries = new LinkedHashMap<>();
        config.routes().keySet().forEach(name -> tries.put(name, new ArrayList<>()));
        for (Scenario scenario : Scenario.values()) {
            stage.play(scenario);
            for (Route route : config.routes().values()) {
                if (matters(scenario, route)) {
                    Objects.requireNonNull(tries.get(route.name())).addAll(ask(scenario, route));
                }
            }
        }
        return tries;
    }

    private List<Try> ask(Scenario scenario, Route route) throws IOException, InterruptedException {
        List<Try> tries = new ArrayList<>();
        for (String model : models(route)) {
            tries.add(ask(scenario, model, false));
            tries.add(ask(scenario, model, true));
        }
        return tries;
    }

    private boolean matters(Scenario scenario, Route route) {
        return switch (scenario) {
            case ALL_ANSWER -> true;
            case INSIDE_FAILS -> reaches(route, Zone.LOCAL);
            case ALL_FAIL -> reaches(route, Zone.CLOUD);
            case PROMPT_TOO_LONG -> isUsed(HopOrigin.CONTEXT_WINDOW_FALLBACKS);
            case PROMPT_REFUSED -> isUsed(HopOrigin.CONTENT_POLICY_FALLBACKS);
        };
    }

    private boolean reaches(Route route, Zone zone) {
        return route.chain().stream()
                .flatMap(hop -> hop.deployments().stream())
                .anyMatch(id ->
                        Objects.requireNonNull(config.deployments().get(id)).zone() == zone);
    }

    private boolean isUsed(HopOrigin origin) {
        return config.routes().values().stream()
                .flatMap(route -> route.chain().stream())
                .map(ChainHop::origin)
                .anyMatch(origin::equals);
    }

    /** What to ask for: of a pattern a name that fits, and one that a server inside would pass on to its vendor's cloud. */
    static List<String> models(Route route) {
        Wildcard pattern = Wildcard.of(route.name());
        return pattern == null
                ? List.of(route.name())
                : Stream.of("laneway-proof", "laneway-proof-cloud")
                        .map(part -> pattern.prefix() + part + pattern.suffix())
                        .toList();
    }

    private Try ask(Scenario scenario, String model, boolean stream) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(system.api().resolve("/v1/chat/completions"))
                .timeout(Duration.ofMinutes(2))
                .header("authorization", "Bearer " + system.key())
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(model, stream)))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        String id = response.headers().firstValue("x-request-id").orElse("");
        JsonNode trace = wasAccepted(response) ? traces.read(id) : null;
        return new Try(scenario, model, stream, id, response.statusCode(), zone(response), stage.calls(id), trace);
    }

    /** 404: no route has that model, so nothing was published. */
    private static boolean wasAccepted(HttpResponse<String> response) {
        return response.statusCode() != 404;
    }

    private static @Nullable String zone(HttpResponse<String> response) {
        return response.headers().firstValue("x-laneway-zone").orElse(null);
    }

    private static String body(String model, boolean stream) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model).put("stream", stream);
        body.putArray("messages").addObject().put("role", "user").put("content", "Does this stay inside?");
        return body.toString();
    }
}
