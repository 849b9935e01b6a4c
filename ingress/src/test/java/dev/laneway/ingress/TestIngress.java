package dev.laneway.ingress;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Shortage;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.ingress.auth.Authenticator;
import dev.laneway.ingress.auth.DirectoryAuthenticator;
import dev.laneway.ingress.auth.MasterKeyAuthenticator;
import dev.laneway.ingress.call.Replays;
import dev.laneway.ingress.call.RouteBook;
import dev.laneway.ingress.health.HealthPages;
import dev.laneway.ingress.http.Arrivals;
import dev.laneway.ingress.limits.Bounds;
import dev.laneway.ingress.limits.MemoryBudget;
import dev.laneway.ingress.limits.Waits;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.ingress.money.BudgetGate;
import dev.laneway.ingress.reply.ReplyDispatcher;
import dev.laneway.runtime.alerts.AlertEntry;
import dev.laneway.runtime.alerts.AlertLog;
import dev.laneway.runtime.audit.AuditEntry;
import dev.laneway.runtime.audit.AuditLog;
import dev.laneway.runtime.catalogue.Catalogue;
import dev.laneway.runtime.catalogue.CatalogueTariff;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.health.HealthBoard;
import dev.laneway.runtime.health.HealthProbe;
import dev.laneway.runtime.idempotency.ProcessIdempotency;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import dev.laneway.runtime.notices.NoticeBoard;
import dev.laneway.runtime.rate.ProcessRates;
import dev.laneway.runtime.rate.RateStore;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The event loops of an ingress on a free port, with a broker and a vendor played by the test. */
final class TestIngress implements AutoCloseable {
    static final String KEY = "sk-test";
    private static final EventCodec<Reply> REPLIES = EventCodec.of(Reply.class);

    final Vertx vertx = Vertx.vertx();
    final FakeOutbox outbox = new FakeOutbox();
    final Meters meters = Meters.create();
    final ReplyDispatcher dispatcher = new ReplyDispatcher();
    final AtomicBoolean leaving = new AtomicBoolean();
    final AtomicBoolean draining = new AtomicBoolean();
    final AtomicInteger inFlight = new AtomicInteger();
    final MemoryBudget memory;
    final Arrivals arrivals;
    final RouteBook routes;
    final Map<Zone, ReplyAddress> addresses = new ConcurrentHashMap<>();
    final List<IngressLoop> loops = new CopyOnWriteArrayList<>();
    final Map<String, Boolean> servers = new ConcurrentHashMap<>(
            Map.of(HealthBoard.DATABASE, true, HealthBoard.CACHE, true, HealthBoard.BROKER, true));
    final HttpClient client;
    final int port;
    final ProcessIdempotency names = new ProcessIdempotency(System::currentTimeMillis, true);
    final RateStore rates;
    final FakeAnswers answers = new FakeAnswers();
    final FakeHistory history = new FakeHistory();
    final FakeBodies bodies = new FakeBodies();
    final Directory directory = new Directory();
    final FakeLedger ledger = new FakeLedger();
    final FakeAccounting accounting = new FakeAccounting(directory);
    volatile Authenticator authenticator = new DirectoryAuthenticator(
            new MasterKeyAuthenticator(() -> this.keys), directory, System::currentTimeMillis);
    volatile Function<AlertLog.Question, Future<List<AlertEntry>>> alerts = question -> Future.failedFuture("away");
    volatile Function<AuditLog.Question, Future<List<AuditEntry>>> audit = question -> Future.failedFuture("away");
    /** By which what is known of spent budgets is forgotten. */
    volatile LongSupplier clock = System::currentTimeMillis;

    volatile List<byte[]> keys = List.of(MasterKeyAuthenticator.sha256(KEY));

    private TestIngress(IngressSettings settings, HttpClient.Version version, Tls tls) {
        this(settings, version, tls, new ProcessRates(System::currentTimeMillis));
    }

    private TestIngress(IngressSettings settings, HttpClient.Version version, Tls tls, RateStore counts) {
        rates = counts;
        client = HttpClient.newBuilder().version(version).build();
        memory = new MemoryBudget(settings.bounds().memoryBytes());
        arrivals = new Arrivals(settings.bounds().connections() * settings.loops(), meters);
        routes = new RouteBook(settings.bounds().waitingPerLane(), meters);
        routes.put(TestConfig.routes());
        for (Zone zone : Zone.values()) {
            addresses.put(zone, new ReplyAddress(Topics.replies(zone), 3));
        }
        HealthBoard board = HealthBoard.open(
                vertx, servers.keySet().stream().map(this::probe).toList(), Duration.ofMillis(20));
        BudgetGate budgets = new BudgetGate(
                directory,
                new CatalogueTariff(Prices.of(Catalogue.EMPTY)),
                routes::config,
                () -> clock.getAsLong(),
                meters);
        directory.onChange(budgets::changed);
        LoopParts parts = new LoopParts(
                settings,
                tls,
                headers -> authenticator.admit(headers),
                directory,
                accounting.changes(vertx, meters),
                question -> audit.apply(question),
                ledger,
                Prices.of(Catalogue.EMPTY),
                routes,
                dispatcher,
                () -> outbox,
                () -> names,
                () -> rates,
                answers,
                history,
                bodies,
                new Semaphore(Replays.MOST),
                addresses::get,
                new HealthPages(
                        board, outbox::available, () -> routes.config() == null ? List.of("no config") : List.of()),
                new NoticeBoard(
                        "test",
                        System::currentTimeMillis,
                        meters.counter(IngressMetric.NOTICED),
                        meters.counter(IngressMetric.NOTICES_DROPPED, MetricTag.REASON, "too_many_keys")),
                question -> alerts.apply(question),
                memory,
                budgets,
                leaving,
                draining,
                inFlight,
                arrivals,
                meters);
        await(vertx.deployVerticle(
                () -> {
                    IngressLoop loop = new IngressLoop(parts);
                    loops.add(loop);
                    return loop;
                },
                new DeploymentOptions().setInstances(settings.loops())));
        port = loops.getFirst().port();
    }

    static final Waits SHORT = new Waits(
            Duration.ofMillis(400),
            Duration.ofSeconds(15),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofSeconds(120),
            Duration.ofMillis(10));
    static final Bounds ROOMY = Bounds.forHeap(1L << 30);

    static TestIngress start() {
        return start(SHORT, ROOMY);
    }

    static TestIngress start(Waits waits, Bounds bounds) {
        return new TestIngress(
                new IngressSettings("127.0.0.1", 0, 1, waits, bounds), HttpClient.Version.HTTP_1_1, null);
    }

    static TestIngress start(RateStore rates) {
        return new TestIngress(
                new IngressSettings("127.0.0.1", 0, 1, SHORT, ROOMY), HttpClient.Version.HTTP_1_1, null, rates);
    }

    static TestIngress with(Tls tls) {
        return new TestIngress(new IngressSettings("127.0.0.1", 0, 1, SHORT, ROOMY), HttpClient.Version.HTTP_1_1, tls);
    }

    static TestIngress withLoops(int loops, HttpClient.Version version) {
        return new TestIngress(new IngressSettings("127.0.0.1", 0, loops, SHORT, ROOMY), version, null);
    }

    /** A POST with the right key. */
    HttpRequest.Builder post(String path, String body) {
        return request(path).header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** The smallest chat request; valid in both dialects. */
    static String body(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"max_tokens\":7,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    }

    HttpRequest.Builder chat(String model, boolean stream) {
        return post("/v1/chat/completions", body(model, stream));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("authorization", "Bearer " + KEY);
    }

    CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> answer(HttpRequest.Builder request) {
        return answer(send(request));
    }

    static <T> T answer(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Plays a reply record. */
    void reply(Reply reply, String value) {
        dispatcher.take(reply.requestId(), REPLIES.encode(reply), value.getBytes(StandardCharsets.UTF_8));
    }

    void wholeAnswer(String requestId, String body) {
        reply(new Reply.Frame(requestId, requestId + ":0:0", 0, head(1, 0, "application/json"), END), body);
    }

    void failed(String requestId, FailureKind kind, int status, long retryAfterMillis) {
        reply(new Reply.Failed(requestId, new Failure(kind, "vendor words", 0, retryAfterMillis), status, 3, 1), "");
    }

    /** As a router says that budgets could not pay for a request. */
    void unpaid(String requestId, Shortage... shortages) {
        Failure failure = new Failure(FailureKind.BUDGET_EXCEEDED, "the router's words", 0, 60_000, List.of(shortages));
        reply(new Reply.Failed(requestId, failure, 429, 0, 0), "");
    }

    /** Before anybody was called. */
    void refused(String requestId, FailureKind kind, int status) {
        reply(new Reply.Failed(requestId, Failure.of(kind, "no"), status, 0, 0), "");
    }

    static final Reply.End END = new Reply.End(TokenUsage.of(1, 2));

    static Reply.Head head(int attempts, int fallbacks, String contentType) {
        return new Reply.Head("d_0123456789ab", Zone.CLOUD, attempts, fallbacks, contentType, Map.of());
    }

    static Reply.Head stream() {
        return head(1, 0, "text/event-stream");
    }

    double count(IngressMetric name, Object... tags) {
        return meters.counter(name, tags).count();
    }

    private HealthProbe probe(String service) {
        return new HealthProbe() {
            @Override
            public String service() {
                return service;
            }

            @Override
            public Future<Void> check() {
                return servers.getOrDefault(service, false) ? Future.succeededFuture() : Future.failedFuture("away");
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
    }

    static <T> T await(Future<T> future) {
        return answer(future.toCompletionStage().toCompletableFuture());
    }

    @Override
    public void close() {
        client.shutdownNow();
        await(vertx.close());
        meters.close();
    }
}
