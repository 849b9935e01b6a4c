package dev.laneway.ingress.health;

import dev.laneway.ingress.http.Call;
import dev.laneway.runtime.health.HealthBoard;
import dev.laneway.runtime.health.ServiceState;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The health of the gateway, without a key. {@code down}: it takes no requests. {@code degraded}: it does, and something behind it is
 * missing. Answered from memory.
 */
public final class HealthPages {
    private final HealthBoard board;
    private final BooleanSupplier brokerAnswers;
    private final Supplier<List<String>> notReady;
    private final long startedNanos = System.nanoTime();

    /**
     * @param brokerAnswers whether requests that were published lately were acknowledged: known sooner than by a check
     * @param notReady why requests can't be taken just now; empty while they can
     */
    public HealthPages(HealthBoard board, BooleanSupplier brokerAnswers, Supplier<List<String>> notReady) {
        this.board = board;
        this.brokerAnswers = brokerAnswers;
        this.notReady = notReady;
    }

    /** The state of everything. */
    public void health(HttpServerRequest http) {
        ServiceState database = board.state(HealthBoard.DATABASE);
        ServiceState cache = board.state(HealthBoard.CACHE);
        ServiceState broker = brokerAnswers.getAsBoolean() ? board.state(HealthBoard.BROKER) : ServiceState.UNHEALTHY;
        boolean serving = broker != ServiceState.UNHEALTHY && notReady.get().isEmpty();
        boolean whole = database != ServiceState.UNHEALTHY && cache != ServiceState.UNHEALTHY;
        String status = !serving ? "down" : whole ? "ok" : "degraded";
        JsonObject body = new JsonObject()
                .put("status", status)
                .put("database", database.id())
                .put("cache", cache.id())
                .put("broker", broker.id())
                .put("uptime_seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos));
        json(http, serving && whole ? 200 : 503, body);
    }

    /** The process runs. */
    public void alive(HttpServerRequest http) {
        json(http, 200, new JsonObject().put("status", "live"));
    }

    /** Requests are taken. */
    public void ready(HttpServerRequest http) {
        List<String> reasons = notReady.get();
        json(
                http,
                reasons.isEmpty() ? 200 : 503,
                new JsonObject()
                        .put("status", reasons.isEmpty() ? "ready" : "not ready")
                        .put("reasons", new JsonArray(reasons)));
    }

    private static void json(HttpServerRequest http, int status, JsonObject body) {
        http.response().setStatusCode(status).putHeader("content-type", "application/json");
        if (status == 503) {
            http.response().putHeader("retry-after", "1");
        }
        Call.end(http, body.encode().getBytes(StandardCharsets.UTF_8));
    }
}
