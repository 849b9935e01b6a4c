package dev.laneway.runtime.role;

import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The management port of a process: {@code /live} (its event loops turn; 503 where one is stuck), {@code /ready} (every role can serve,
 * and so can what all of them need; 503 with the reasons otherwise), {@code /metrics} (Prometheus), and what a command adds. What it
 * says by itself holds no secret and no content, and needs no key; a page that shows or does more asks for one.
 */
public final class ManagementServer {
    private final Vertx vertx;
    private final Meters meters;
    private final List<RunningRole> roles = new CopyOnWriteArrayList<>();
    private final Map<String, Handler<HttpServerRequest>> pages = new LinkedHashMap<>();
    private final Map<String, Handler<HttpServerRequest>> actions = new LinkedHashMap<>();
    private final HttpServer server;
    private volatile Supplier<List<String>> needs = List::of;
    private volatile @Nullable LoopWatch loops;
    private volatile boolean started;
    private volatile boolean draining;

    private ManagementServer(Vertx vertx, Meters meters) {
        this.vertx = vertx;
        this.meters = meters;
        this.server = vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(60));
    }

    public static ManagementServer create(Vertx vertx, Meters meters) {
        return new ManagementServer(vertx, meters);
    }

    /** Adds a page below a path; before {@link #listen}. */
    public ManagementServer page(String prefix, Handler<HttpServerRequest> handler) {
        pages.put(prefix, handler);
        return this;
    }

    /** The same for a page that takes {@code POST} too, and asks itself who may. */
    public ManagementServer action(String prefix, Handler<HttpServerRequest> handler) {
        actions.put(prefix, handler);
        return page(prefix, handler);
    }

    /** Listens; fails where the port is in use. @return the port, which is a free one where 0 was asked for */
    public Future<Integer> listen(String host, int port) {
        return server.requestHandler(this::serve).listen(port, host).map(HttpServer::actualPort);
    }

    /** Shows a role in {@code /ready}. */
    public void add(RunningRole role) {
        roles.add(role);
    }

    /** Shows in {@code /ready} why what all roles need isn't there: a short sentence each. Asked often: answers from memory. */
    public void needs(Supplier<List<String>> reasons) {
        needs = reasons;
    }

    /** What {@code /live} goes by. */
    public void loops(LoopWatch watch) {
        loops = watch;
    }

    /** All roles that will be are there. */
    public void started() {
        started = true;
    }

    /** From now on {@code /ready} is 503. */
    public void draining() {
        draining = true;
    }

    public Future<Void> close() {
        return server.close();
    }

    private void serve(HttpServerRequest request) {
        if (HttpMethod.POST.equals(request.method()) && handled(request, actions)) {
            return;
        }
        if (!HttpMethod.GET.equals(request.method()) && !HttpMethod.HEAD.equals(request.method())) {
            request.response().setStatusCode(405).end();
            return;
        }
        switch (request.path()) {
            case "/live" -> live(request);
            case "/ready" -> ready(request);
            case "/metrics" -> metrics(request);
            default -> {
                if (!handled(request, pages)) {
                    json(request, 404, new JsonObject().put("error", "no such page"));
                }
            }
        }
    }

    private static boolean handled(HttpServerRequest request, Map<String, Handler<HttpServerRequest>> byPrefix) {
        for (Map.Entry<String, Handler<HttpServerRequest>> page : byPrefix.entrySet()) {
            if (request.path().startsWith(page.getKey())) {
                page.getValue().handle(request);
                return true;
            }
        }
        return false;
    }

    private void live(HttpServerRequest request) {
        LoopWatch watch = loops;
        int stuck = watch == null ? 0 : watch.stuck();
        if (stuck == 0) {
            json(request, 200, new JsonObject().put("status", "live"));
        } else {
            json(request, 503, new JsonObject().put("status", "stuck").put("event_loops", stuck));
        }
    }

    private void ready(HttpServerRequest request) {
        JsonObject byRole = new JsonObject();
        List<String> missing = needs.get();
        boolean all = started && !draining && missing.isEmpty();
        for (RunningRole role : roles) {
            List<String> reasons = role.notReady();
            all &= reasons.isEmpty();
            byRole.put(role.name(), new JsonArray(reasons));
        }
        String status = draining ? "draining" : all ? "ready" : "not ready";
        json(
                request,
                all ? 200 : 503,
                new JsonObject().put("status", status).put("roles", byRole).put("needs", new JsonArray(missing)));
    }

    /** A scrape formats thousands of lines: not on the event loop. */
    private void metrics(HttpServerRequest request) {
        vertx.executeBlocking(meters::scrape, false)
                .onSuccess(text -> request.response()
                        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(cause -> request.response().setStatusCode(500).end());
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body.encode());
    }
}
