package dev.laneway.ingress;

import dev.laneway.contracts.Principal;
import dev.laneway.ingress.auth.DirectoryAuthenticator;
import dev.laneway.ingress.auth.KeysInForce;
import dev.laneway.ingress.auth.MasterKeyAuthenticator;
import dev.laneway.ingress.call.KafkaOutbox;
import dev.laneway.ingress.call.Replays;
import dev.laneway.ingress.call.RouteBook;
import dev.laneway.ingress.changes.ChangeTopics;
import dev.laneway.ingress.health.HealthPages;
import dev.laneway.ingress.http.Arrivals;
import dev.laneway.ingress.limits.MemoryBudget;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.ingress.money.BudgetGate;
import dev.laneway.ingress.reply.AnswerLog;
import dev.laneway.ingress.reply.ReplyDispatcher;
import dev.laneway.ingress.reply.ReplyTails;
import dev.laneway.ingress.requests.LogBodies;
import dev.laneway.ingress.requests.LogHistory;
import dev.laneway.runtime.alerts.AlertDatabase;
import dev.laneway.runtime.alerts.AlertLog;
import dev.laneway.runtime.audit.AuditLog;
import dev.laneway.runtime.audit.AuditTable;
import dev.laneway.runtime.body.BodyReader;
import dev.laneway.runtime.catalogue.CatalogueTariff;
import dev.laneway.runtime.clock.SteadyClock;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.health.BrokerProbe;
import dev.laneway.runtime.health.CacheProbe;
import dev.laneway.runtime.health.DatabaseProbe;
import dev.laneway.runtime.health.HealthBoard;
import dev.laneway.runtime.health.HealthProbe;
import dev.laneway.runtime.idempotency.IdempotencyStore;
import dev.laneway.runtime.idempotency.ProcessIdempotency;
import dev.laneway.runtime.idempotency.RedisIdempotency;
import dev.laneway.runtime.kafka.EventSink;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.ledger.LedgerDatabase;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import dev.laneway.runtime.notices.NoticeBoard;
import dev.laneway.runtime.rate.RateStore;
import dev.laneway.runtime.rate.RedisRates;
import dev.laneway.runtime.redis.RedisLink;
import dev.laneway.runtime.role.Role;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.role.RunningRole;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * HTTP in, answers out. It has started when it listens, a config is in force, its reply partitions are read and the broker answers;
 * calls that come before are answered 503.
 */
public final class IngressRole implements Role {
    private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(2);

    private static final long READY_AGAIN_MILLIS = 20;

    private final IngressSettings settings;

    public IngressRole(IngressSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "ingress";
    }

    @Override
    public Future<RunningRole> start(RoleContext outside) {
        Tls tls;
        try {
            tls = Tls.of(outside.environment());
        } catch (IllegalArgumentException unreadable) {
            return Future.failedFuture(unreadable);
        }
        Vertx vertx = outside.vertx();
        Meters meters = outside.meters();
        KafkaSettings kafka = outside.kafka().as(Principal.INGRESS);
        Context home = vertx.getOrCreateContext();

        RouteBook routes = new RouteBook(settings.bounds().waitingPerLane(), meters);
        Directory directory = outside.control().directory();
        BudgetGate budgets = new BudgetGate(
                directory, new CatalogueTariff(outside.prices()), routes::config, SteadyClock.ofProcess(), meters);
        directory.onChange(budgets::changed);
        outside.control().onConfig(home, config -> routes.put(config.config()));
        ChangeTopics changes = ChangeTopics.open(vertx, kafka, directory, meters);
        KeysInForce keys = KeysInForce.of(outside);
        long keysTimer = keys.watch(vertx, outside.control());
        ReplyDispatcher dispatcher = new ReplyDispatcher();
        ReplyTails tails = new ReplyTails(vertx, kafka, outside.node().instance(), dispatcher);
        HealthBoard board = HealthBoard.open(vertx, probes(outside, kafka), HEALTH_INTERVAL);

        BodyReader largeBodies = new BodyReader(vertx, kafka, "ingress");
        AtomicBoolean leaving = new AtomicBoolean();
        List<IngressLoop> loops = new CopyOnWriteArrayList<>();
        Readiness readiness = new Readiness(routes, tails, board, loops, leaving);
        String database = outside.servers().databaseUrl();
        LedgerDatabase ledger = database == null
                ? null
                : LedgerDatabase.open(vertx, DatabaseUrl.parse(database), "laneway-ingress-ledger");
        LoopParts parts = new LoopParts(
                settings,
                tls,
                new DirectoryAuthenticator(new MasterKeyAuthenticator(keys), directory, SteadyClock.ofProcess()),
                directory,
                changes.changes(),
                audit(vertx, outside.servers().databaseUrl()),
                ledger,
                outside.prices(),
                routes,
                dispatcher,
                () -> new KafkaOutbox(
                        vertx,
                        EventSink.open(vertx, kafka, "ingress-requests", EventSink.Patience.REQUEST_PATH, meters),
                        meters),
                () -> names(vertx, outside.servers().redisUrl()),
                () -> rates(vertx, outside.servers().redisUrl(), meters),
                new AnswerLog(kafka),
                new LogHistory(vertx, kafka),
                new LogBodies(vertx, kafka, largeBodies),
                new Semaphore(Replays.MOST),
                tails::address,
                new HealthPages(board, readiness::brokerAnswers, readiness::reasons),
                new NoticeBoard(
                        outside.node().instance(),
                        System::currentTimeMillis,
                        meters.counter(IngressMetric.NOTICED),
                        meters.counter(IngressMetric.NOTICES_DROPPED, MetricTag.REASON, "too_many_keys")),
                alerts(vertx, outside.servers().databaseUrl()),
                new MemoryBudget(settings.bounds().memoryBytes()),
                budgets,
                leaving,
                new AtomicBoolean(),
                new AtomicInteger(),
                new Arrivals(settings.bounds().connections() * settings.loops(), meters),
                meters);
        register(parts, loops);
        return vertx.deployVerticle(
                        () -> {
                            IngressLoop loop = new IngressLoop(parts);
                            loops.add(loop);
                            return loop;
                        },
                        new DeploymentOptions().setInstances(settings.loops()))
                .compose(deployment -> {
                    // on a loop of its own the reader would cost each reply a hop, even where there is one loop only
                    loops.getFirst().context().runOnContext(v -> tails.open());
                    RunningRole running = new RunningIngress(
                            vertx, home, deployment, parts, loops, tails, board, keysTimer, changes, ledger, readiness);
                    return ready(vertx, readiness).map(running);
                });
    }

    /** Without Redis nothing can be known of keys: calls that carry one are answered 503. */
    private static IdempotencyStore names(Vertx vertx, @Nullable String redis) {
        return redis == null
                ? new ProcessIdempotency(System::currentTimeMillis, false)
                : RedisIdempotency.open(vertx, redis);
    }

    private static AuditLog audit(Vertx vertx, @Nullable String database) {
        return database == null
                ? question -> Future.failedFuture("DATABASE_URL is not set")
                : AuditTable.open(vertx, DatabaseUrl.parse(database));
    }

    private static AlertLog alerts(Vertx vertx, @Nullable String database) {
        return database == null
                ? question -> Future.failedFuture("DATABASE_URL is not set")
                : AlertDatabase.open(vertx, DatabaseUrl.parse(database));
    }

    /** Without Redis nobody counts: it is as if it were away. */
    private static RateStore rates(Vertx vertx, @Nullable String redis, Meters meters) {
        return new RedisRates(vertx.getOrCreateContext(), RedisLink.open(vertx, redis, "", "ingress", meters));
    }

    private static Future<Void> ready(Vertx vertx, Readiness readiness) {
        return readiness.reasons().isEmpty()
                ? Future.succeededFuture()
                : vertx.timer(READY_AGAIN_MILLIS).compose(waited -> ready(vertx, readiness));
    }

    private static List<HealthProbe> probes(RoleContext outside, KafkaSettings kafka) {
        List<HealthProbe> probes = new ArrayList<>();
        probes.add(BrokerProbe.open(outside.vertx(), kafka, "ingress-health"));
        String database = outside.servers().databaseUrl();
        if (database != null) {
            probes.add(DatabaseProbe.open(outside.vertx(), DatabaseUrl.parse(database), "laneway-ingress-health"));
        }
        String cache = outside.servers().redisUrl();
        if (cache != null) {
            probes.add(CacheProbe.open(outside.vertx(), cache));
        }
        return probes;
    }

    private static void register(LoopParts parts, List<IngressLoop> loops) {
        Meters meters = parts.meters();
        meters.gauge(IngressMetric.IN_FLIGHT, parts.inFlight()::get);
        meters.gauge(IngressMetric.MEMORY_HELD, parts.memory()::held);
        meters.gauge(
                IngressMetric.CONNECTIONS,
                () -> Math.max(
                        parts.arrivals().count(),
                        loops.stream().mapToInt(IngressLoop::connections).sum()));
    }
}
