package dev.laneway.ingress;

import dev.laneway.ingress.alerts.AlertPages;
import dev.laneway.ingress.call.ChatCalls;
import dev.laneway.ingress.call.Desk;
import dev.laneway.ingress.call.Outbox;
import dev.laneway.ingress.call.Replays;
import dev.laneway.ingress.http.BodyIntake;
import dev.laneway.ingress.http.Connections;
import dev.laneway.ingress.http.FailureLog;
import dev.laneway.ingress.http.Framing;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.HeaderNames;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.keys.KeyRoutes;
import dev.laneway.ingress.limits.Waits;
import dev.laneway.ingress.models.ModelPages;
import dev.laneway.ingress.models.TokenCounts;
import dev.laneway.ingress.rate.RateGate;
import dev.laneway.ingress.rate.RatePages;
import dev.laneway.ingress.reply.ReplyInbox;
import dev.laneway.ingress.requests.RequestPages;
import dev.laneway.ingress.responses.ResponsePages;
import dev.laneway.ingress.responses.ResponseStore;
import dev.laneway.ingress.responses.ResponsesCalls;
import dev.laneway.ingress.spend.SpendRoutes;
import dev.laneway.ingress.terms.TermsCheck;
import dev.laneway.runtime.clock.SteadyClock;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Limits;
import dev.laneway.runtime.idempotency.IdempotencyStore;
import dev.laneway.runtime.rate.RateStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop of the ingress: its connections, their requests, and the sweep that looks after both. */
final class IngressLoop extends VerticleBase {
    /** Every loop gets the same free port; another number than the simulator asks by, with whom it would share it within a Vert.x. */
    private static final int SAME_FREE_PORT = -2;

    private static final int HEADER_BYTES = 32 * 1024;
    private static final int LINE_BYTES = 8 * 1024;
    private static final int STREAMS_PER_CONNECTION = 256;
    /** Of a body on its way: HTTP/2's own 64 KB make a long prompt slow over a distance. */
    private static final int STREAM_WINDOW_BYTES = 1 << 20;

    private final LoopParts parts;
    private List<Route> served = List.of();
    private @Nullable HttpServer server;
    private @Nullable Outbox outbox;
    private @Nullable IdempotencyStore names;
    private @Nullable RateGate rates;
    private @Nullable Desk desk;
    private @Nullable Connections connections;

    IngressLoop(LoopParts parts) {
        this.parts = parts;
    }

    @Override
    public Future<?> start() {
        Outbox out = parts.outboxes().get();
        IdempotencyStore store = parts.names().get();
        ReplyInbox inbox = new ReplyInbox(context, parts.meters());
        parts.dispatcher().add(inbox);
        Desk requests = new Desk(
                inbox,
                out,
                store,
                parts.routes()::answersKept,
                parts.settings().waits(),
                parts.settings().bounds(),
                parts.memory(),
                parts.budgets(),
                parts.inFlight(),
                parts.meters());
        BodyIntake intake = new BodyIntake(parts.memory());
        TermsCheck terms = new TermsCheck(parts.directory(), parts.routes()::config);
        FrontDoor door = new FrontDoor(
                vertx,
                parts.authenticator(),
                terms,
                intake,
                parts.memory(),
                this::maxBodyBytes,
                parts.draining()::get,
                new FailureLog(),
                parts.notices(),
                parts.meters());
        Replays replays = new Replays(
                vertx,
                door,
                parts.answers(),
                parts.replaying(),
                parts.settings().waits().slowClient(),
                parts.meters());
        RateGate gate = new RateGate(parts.directory(), parts.rates().get(), parts.notices(), parts.meters());
        rates = gate;
        vertx.setPeriodic(RateStore.LEASE_MILLIS / 4, id -> gate.renew());
        ChatCalls chat = new ChatCalls(vertx, parts.routes(), requests, door, replays, terms, gate, parts.replies());
        ResponseStore stored = new ResponseStore(
                vertx, parts.history(), parts.bodies(), replays, store, out, parts.routes()::answersKept);
        Router router = new HttpRoutes(
                        parts,
                        door,
                        chat,
                        new ResponsesCalls(vertx, chat, stored, door, parts.memory(), this::maxBodyBytes),
                        new ResponsePages(door, stored),
                        new TokenCounts(parts.routes()::config, parts.memory()),
                        new ModelPages(door, parts.routes()::config),
                        new RequestPages(door, store, parts.history(), replays),
                        new AlertPages(door, parts.alerts()),
                        new KeyRoutes(
                                door,
                                parts.directory(),
                                parts.changes(),
                                parts.audit(),
                                parts.ledger(),
                                parts.authenticator(),
                                parts.routes()::config,
                                parts.prices(),
                                SteadyClock.ofProcess()),
                        new RatePages(door, gate, parts.directory(), parts.routes()::config),
                        new SpendRoutes(
                                door,
                                parts.ledger(),
                                parts.directory(),
                                parts.authenticator(),
                                SteadyClock.ofProcess()))
                .router(vertx);
        served = router.getRoutes();
        Connections clients =
                new Connections(parts.settings().bounds().connections(), parts.arrivals(), parts.meters());
        outbox = out;
        names = store;
        desk = requests;
        connections = clients;
        vertx.setPeriodic(parts.settings().waits().sweep().toMillis(), id -> sweep(requests, intake, clients, out));
        InvalidRequests invalid = new InvalidRequests(door);
        HttpServer listening = vertx.createHttpServer(options())
                .connectionHandler(clients::opened)
                .invalidRequestHandler(invalid)
                .requestHandler(http -> serve(http, clients, invalid, router));
        server = listening;
        Tls tls = parts.tls();
        return gate.ready()
                .compose(tried ->
                        tls == null ? listen(listening) : CertificateWatch.start(vertx, tls, () -> listen(listening)));
    }

    private Future<HttpServer> listen(HttpServer listening) {
        int port = parts.settings().port();
        return listening.listen(
                port == 0 ? SAME_FREE_PORT : port, parts.settings().host());
    }

    /** Its addresses, in the order in which they are looked up. */
    List<Route> served() {
        return served;
    }

    int port() {
        return server == null ? 0 : server.actualPort();
    }

    Context context() {
        return context;
    }

    boolean brokerAnswers() {
        return outbox == null || outbox.available();
    }

    /** Requests whose client has not all of its answer; on any thread. */
    int open() {
        return desk == null ? 0 : desk.count();
    }

    int connections() {
        return connections == null ? 0 : connections.count();
    }

    /** Takes no new connection, finishes what is under way, and ends what is not finished by then. On this loop. */
    Future<Void> drain(Duration patience) {
        HttpServer listening = server;
        Desk requests = desk;
        if (listening == null || requests == null) {
            return Future.succeededFuture();
        }
        long id = vertx.setTimer(Math.max(1, patience.toMillis()), fired -> {
            parts.draining().set(true);
            requests.abandon();
        });
        // a second more than the requests have, for the last bytes to be written
        return listening
                .shutdown(patience.toMillis() + 1_000, TimeUnit.MILLISECONDS)
                // it waits for clients that don't read, too
                .timeout(patience.toMillis() + 2_000, TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .onComplete(done -> vertx.cancelTimer(id));
    }

    @Override
    public Future<?> stop() {
        return Future.join(
                outbox == null ? Future.succeededFuture() : outbox.close(),
                names == null ? Future.succeededFuture() : names.close(),
                rates == null ? Future.succeededFuture() : rates.close());
    }

    private void serve(HttpServerRequest http, Connections clients, InvalidRequests invalid, Router router) {
        if (!clients.begun(http)) {
            return;
        }
        http.response().headersEndHandler(v -> {
            if (parts.leaving().get() && http.version() != HttpVersion.HTTP_2) {
                http.response().putHeader(HeaderNames.CONNECTION, HeaderNames.CLOSE);
            }
        });
        http.response().endHandler(v -> {
            clients.ended(http.connection());
            if (endsWithItsConnection(http)) {
                http.connection().close();
            }
        });
        Refusal fault = Framing.fault(http);
        if (fault == null) {
            router.handle(http);
        } else {
            clients.distrust(http.connection());
            invalid.refuse(http, fault);
        }
    }

    /** HTTP/1.0, which some proxies still speak, knows no chunks: only the connection's end shows that of a stream. */
    private static boolean endsWithItsConnection(HttpServerRequest http) {
        return switch (http.version()) {
            case HTTP_1_0 -> !http.response().headers().contains(HttpHeaders.CONTENT_LENGTH);
            case HTTP_1_1 -> saysClose(http);
            case HTTP_2 -> false;
        };
    }

    private static boolean saysClose(HttpServerRequest http) {
        return http.response().headers().contains(HeaderNames.CONNECTION, HeaderNames.CLOSE, true);
    }

    private void sweep(Desk requests, BodyIntake intake, Connections clients, Outbox out) {
        long now = System.nanoTime();
        Waits waits = parts.settings().waits();
        requests.sweep(now);
        intake.sweep(now, waits.slowBody().toNanos(), waits.wholeBody().toNanos());
        parts.arrivals().sweep(now, waits.firstRequest().toNanos());
        clients.sweep(now, waits.idleConnection().toNanos());
        out.flush();
        parts.notices().publish(out);
    }

    private long maxBodyBytes() {
        GatewayConfig config = parts.routes().config();
        return config == null ? Limits.DEFAULT_MAX_BODY_BYTES : config.limits().maxBodyBytes();
    }

    private HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setIdleTimeout((int) parts.settings().waits().idleConnection().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setAcceptBacklog(4_096)
                .setMaxHeaderSize(HEADER_BYTES)
                .setMaxInitialLineLength(LINE_BYTES)
                .setMaxChunkSize(64 * 1024)
                .setHttp2ClearTextEnabled(true)
                .setHttp2ConnectionWindowSize(4 * STREAM_WINDOW_BYTES)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(STREAMS_PER_CONNECTION)
                        .setInitialWindowSize(STREAM_WINDOW_BYTES)
                        .setMaxHeaderListSize(HEADER_BYTES));
        Tls tls = parts.tls();
        return tls == null
                ? options
                : options.setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setKeyPath(tls.key().toString())
                                .setCertPath(tls.certificate().toString()));
    }
}
