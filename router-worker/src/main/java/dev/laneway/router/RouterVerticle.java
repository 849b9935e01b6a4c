package dev.laneway.router;

import dev.laneway.contracts.Event;
import dev.laneway.contracts.Groups;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.Principal;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.router.handling.Cancellations;
import dev.laneway.router.handling.Input;
import dev.laneway.router.handling.Router;
import dev.laneway.router.handling.Waiting;
import dev.laneway.router.health.HealthBoard;
import dev.laneway.router.kafka.InputDecoder;
import dev.laneway.router.kafka.KafkaOutbox;
import dev.laneway.router.kafka.LogSequel;
import dev.laneway.router.kafka.Subscription;
import dev.laneway.router.meters.BudgetMeters;
import dev.laneway.router.meters.RateMeters;
import dev.laneway.router.meters.RouterMeters;
import dev.laneway.router.plan.Planner;
import dev.laneway.router.plan.RetryRule;
import dev.laneway.router.plan.RoutingTable;
import dev.laneway.router.reserve.BudgetReservations;
import dev.laneway.router.reserve.RateReservations;
import dev.laneway.router.reserve.Reservations;
import dev.laneway.runtime.catalogue.CatalogueTariff;
import dev.laneway.runtime.catalogue.Tariff;
import dev.laneway.runtime.clock.SteadyClock;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.dead.DeadLetters;
import dev.laneway.runtime.kafka.EventSink;
import dev.laneway.runtime.kafka.EventSource;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.LogSearch;
import dev.laneway.runtime.kafka.Marking;
import dev.laneway.runtime.kafka.SourceSettings;
import dev.laneway.runtime.kafka.TailSource;
import dev.laneway.runtime.kafka.Taken;
import dev.laneway.runtime.money.RedisBudgetStore;
import dev.laneway.runtime.notices.NoticeBoard;
import dev.laneway.runtime.notices.NoticePost;
import dev.laneway.runtime.notices.UsageOutlet;
import dev.laneway.runtime.rate.RedisRates;
import dev.laneway.runtime.redis.RedisLink;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.topology.TopicAdmin;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The router of one zone, on one event loop: one source, two tails, two sinks. */
final class RouterVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RouterVerticle.class);
    private static final EventCodec<Signal> SIGNALS = EventCodec.of(Signal.class);
    private static final EventCodec<Health> HEALTH = EventCodec.of(Health.class);
    private static final long SWEEP_MILLIS = 10_000;
    private static final long LOOK_MILLIS = 20;

    private final Zone zone;
    private final RouterRoleSettings settings;
    private final RoleContext role;
    private final KafkaSettings kafka;
    private final List<TailSource> tails = new ArrayList<>();
    private volatile @Nullable Parts parts;
    private @Nullable EventSource<Input> reading;

    /** What is open while the verticle runs. */
    private record Parts(
            EventSink sink,
            EventSink facts,
            DeadLetters deadLetters,
            EventSource<Input> source,
            Waiting waiting,
            TopicAdmin admin,
            RedisLink link,
            LogSearch search,
            NoticePost notices,
            Context context) {}

    RouterVerticle(Zone zone, RouterRoleSettings settings, RoleContext role) {
        this.zone = zone;
        this.settings = settings;
        this.role = role;
        this.kafka = role.kafka().as(Principal.router(zone));
    }

    @Override
    public Future<?> start() {
        RedisLink link =
                RedisLink.open(vertx, role.servers().redisUrl(), "", RouterRole.NAME + "-" + zone.id(), role.meters());
        return link.tried().compose(tried -> start(link));
    }

    private Future<Void> start(RedisLink link) {
        GatewayConfig config = role.control().config().orElseThrow().config();
        String name = RouterRole.NAME + "-" + zone.id();
        RouterMeters meters = new RouterMeters(role.meters(), zone);
        EventSink sink = EventSink.open(vertx, kafka, RouterRole.NAME, EventSink.Patience.REQUEST_PATH, role.meters());
        EventSink facts =
                EventSink.open(vertx, kafka, RouterRole.NAME + "-facts", EventSink.Patience.RESULT, role.meters());
        HealthBoard board = new HealthBoard(zone);
        long kept = config.limits().requestTimeout().plusMinutes(1).toMillis();
        TopicAdmin admin = TopicAdmin.open(vertx, kafka, name + "-admin");
        Waiting waiting = new Waiting(vertx, settings.waitingPerPartition());
        LogSearch search = new LogSearch(vertx, kafka, name);
        Tariff tariff = new CatalogueTariff(role.prices());
        Directory directory = role.control().directory();
        NoticeBoard notices = new NoticeBoard(
                role.node().instance() + "_" + name,
                SteadyClock.ofProcess(),
                meters.noticed(),
                meters.noticesDropped("too_many_keys"));
        NoticePost post = NoticePost.open(vertx, notices, new UsageOutlet(sink, meters.noticesDropped("broker_away")));
        Reservations money = new BudgetReservations(
                vertx,
                directory,
                new RedisBudgetStore(context, link),
                tariff,
                this::deployment,
                new BudgetMeters(role.meters(), zone),
                notices,
                SteadyClock.ofProcess());
        Reservations reservations = new RateReservations(
                directory,
                new RedisRates(context, link),
                this::deployment,
                money,
                new RateMeters(role.meters(), zone),
                notices);
        Router router = new Router(
                new RoutingTable(config, zone, tariff, directory),
                new Router.Ports(
                        board,
                        new Cancellations(kept),
                        reservations,
                        new KafkaOutbox(sink, facts),
                        this::right,
                        link::epoch,
                        new LogSequel(search)),
                new Planner(RetryRule.DEFAULT),
                waiting,
                meters,
                SteadyClock.ofProcess());
        DeadLetters deadLetters = DeadLetters.open(vertx, kafka, RouterRole.NAME, role.meters());
        EventSource<Input> source = EventSource.open(
                vertx,
                kafka,
                new SourceSettings(name, Groups.routers(zone), settings.capPerPartition()),
                new InputDecoder(zone, meters),
                router::handle,
                deadLetters,
                Marking.isOff(role.environment()) ? null : new Marking(link::epoch, admin::inherited),
                role.meters());
        source.whenMoved(waiting::moved);
        reading = source;
        parts = new Parts(sink, facts, deadLetters, source, waiting, admin, link, search, post, context);
        Subscription subscription = new Subscription(zone, admin, source);
        vertx.setPeriodic(SWEEP_MILLIS, id -> router.sweep());
        return admin.await(Set.of(Topics.signals(zone), Topics.HEALTH))
                .compose(counts -> tail(
                                counts,
                                Topics.signals(zone),
                                TailSource.From.END,
                                meters,
                                SIGNALS,
                                signal -> cancel(signal, router))
                        .compose(open ->
                                tail(counts, Topics.HEALTH, TailSource.From.BEGINNING, meters, HEALTH, board::take)))
                .compose(open -> subscription.follow(config))
                .compose(reading -> source.joined())
                .onSuccess(joined -> role.control().onConfig(context, now -> {
                    router.configured(new RoutingTable(now.config(), zone, tariff, directory));
                    subscription
                            .follow(now.config())
                            .onFailure(cause -> LOG.error("{}: could not read new topics: {}", name, cause.toString()));
                }));
    }

    private @Nullable Deployment deployment(String id) {
        return role.control().config().orElseThrow().config().deployments().get(id);
    }

    private Future<Void> right(Taken<Input> taken) {
        return reading == null ? Future.failedFuture("not open") : reading.right(taken);
    }

    /** Why it can't plan just now; safe on any thread. */
    List<String> notReady() {
        Parts open = parts;
        if (open == null) {
            return List.of("the router of zone " + zone.id() + " is closing");
        }
        return open.sink.available()
                ? List.of()
                : List.of("the broker does not answer the router of zone " + zone.id());
    }

    /**
     * Takes nothing new, finishes what it can within the patience, and closes. What waits is left to another router at once: nobody
     * reads its partitions meanwhile. Safe on any thread.
     */
    Future<Void> drain(Duration patience) {
        Parts open = parts;
        if (open == null) {
            return Future.succeededFuture();
        }
        parts = null;
        return Future.<Void>future(drained ->
                        open.context.runOnContext(v -> drainHere(open, patience).onComplete(drained)))
                .eventually(
                        () -> Future.join(tails.stream().map(TailSource::close).toList()))
                .eventually(open.sink::close)
                .eventually(open.facts::close)
                .eventually(open.link::close)
                .eventually(open.deadLetters::close)
                .eventually(() -> vertx.executeBlocking(() -> {
                    open.admin.close();
                    open.search.close();
                    return null;
                }))
                .eventually(() -> vertx.undeploy(open.context.deploymentID()));
    }

    private Future<Void> drainHere(Parts open, Duration patience) {
        open.waiting.abandon();
        long look = vertx.setPeriodic(LOOK_MILLIS, id -> {
            if (open.source.inFlight() <= open.waiting.left()) {
                open.source.abandonRest();
            }
        });
        return open.source.drain(patience).onComplete(drained -> {
            vertx.cancelTimer(look);
            open.notices.close();
        });
    }

    private static void cancel(Signal signal, Router router) {
        switch (signal) {
            case Signal.Cancel cancel -> router.cancelled(cancel.requestId());
            case Signal.Pause pause -> {}
            case Signal.Resume resume -> {}
        }
    }

    private <T> Future<TailSource> tail(
            Map<String, Integer> counts,
            String topic,
            TailSource.From from,
            RouterMeters meters,
            EventCodec<T> codec,
            Consumer<T> consumer) {
        Set<TopicPartition> partitions = TailSource.partitions(topic, counts.getOrDefault(topic, 0));
        String name = RouterRole.NAME + "-" + zone.id() + "-tail";
        return TailSource.open(vertx, kafka, name, partitions, from, record -> {
                    try {
                        consumer.accept(codec.decode(bytes(topic, record)));
                    } catch (UndecodableException e) {
                        meters.unreadable(topic);
                        LOG.warn("{} at {} can't be read: {}", topic, record.offset(), e.getMessage());
                    }
                })
                .onSuccess(tails::add);
    }

    /** Signals are envelopes; health is the record's value. */
    private static byte[] bytes(String topic, ConsumerRecord<String, byte[]> record) {
        byte[] found = record.value();
        if (!topic.equals(Topics.HEALTH)) {
            Header header = record.headers().lastHeader(Event.HEADER);
            found = header == null ? null : header.value();
        }
        return found == null ? new byte[0] : found;
    }
}
