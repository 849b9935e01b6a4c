package dev.laneway.provider;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Groups;
import dev.laneway.contracts.Principal;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.provider.call.Bill;
import dev.laneway.provider.call.Desk;
import dev.laneway.provider.call.Exchanges;
import dev.laneway.provider.call.ModelWarmer;
import dev.laneway.provider.call.VendorClient;
import dev.laneway.provider.claims.InProcessClaims;
import dev.laneway.provider.claims.LogRecall;
import dev.laneway.provider.claims.RecentIds;
import dev.laneway.provider.claims.RedisClaimStore;
import dev.laneway.provider.claims.SharedClaims;
import dev.laneway.provider.credentials.Credentials;
import dev.laneway.provider.health.VendorHealth;
import dev.laneway.provider.intake.Admission;
import dev.laneway.provider.intake.Serving;
import dev.laneway.provider.intake.TokenCap;
import dev.laneway.provider.meters.WorkerMeters;
import dev.laneway.provider.rates.Allotments;
import dev.laneway.provider.reply.KafkaOutbox;
import dev.laneway.provider.reply.Outcomes;
import dev.laneway.runtime.body.BodyReader;
import dev.laneway.runtime.clock.SteadyClock;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.dead.DeadLetters;
import dev.laneway.runtime.kafka.EventSink;
import dev.laneway.runtime.kafka.EventSource;
import dev.laneway.runtime.kafka.InheritedMarks;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.LogSearch;
import dev.laneway.runtime.kafka.Marking;
import dev.laneway.runtime.kafka.SourceSettings;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.kafka.TailSource;
import dev.laneway.runtime.kafka.Taken;
import dev.laneway.runtime.rate.RedisRates;
import dev.laneway.runtime.redis.RedisLink;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.topology.TopicAdmin;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Worker} and all that it stands on: what is opened for one zone, with what, and in which order it is opened and closed. One context.
 */
final class WorkerWiring {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerWiring.class);
    private static final EventCodec<Attempt> ATTEMPTS = EventCodec.of(Attempt.class);
    private static final EventCodec<Signal> SIGNALS = EventCodec.of(Signal.class);
    private static final int REMEMBERED = 100_000;

    private final RoleContext role;
    private final ProviderSettings settings;
    private final Zone zone;
    private final String name;
    private final Vertx vertx;
    private final KafkaSettings kafka;
    private final WorkerMeters meters;
    private final BodyReader bodies;
    private final Outcomes outcomes;
    private final boolean unclaimed;
    private final DeadLetters deadLetters;
    private @Nullable TopicAdmin admin;
    private @Nullable EventSource<Attempt> source;
    private @Nullable RedisLink link;
    private @Nullable SharedClaims claims;
    private @Nullable LogSearch search;
    private @Nullable TailSource signals;
    private @Nullable EventSink sink;
    private @Nullable Worker worker;
    private @Nullable ModelWarmer warmer;

    /** Opens nothing that has to be waited for. */
    WorkerWiring(RoleContext role, ProviderSettings settings, Zone zone, String name) {
        this.role = role;
        this.settings = settings;
        this.zone = zone;
        this.name = name;
        this.vertx = role.vertx();
        this.kafka = role.kafka().as(Principal.worker(zone));
        this.meters = new WorkerMeters(role.meters(), zone);
        this.bodies = new BodyReader(vertx, kafka, name);
        this.outcomes = new Outcomes(vertx);
        this.unclaimed = Marking.isOff(role.environment());
        this.deadLetters = DeadLetters.open(vertx, kafka, "provider-workers", role.meters());
    }

    /** Null until it is open. */
    @Nullable
    Worker worker() {
        return worker;
    }

    /** Where the worker gets its attempts; null until it is open. */
    @Nullable
    EventSource<Attempt> source() {
        return source;
    }

    /** Null until it is open. */
    @Nullable
    ModelWarmer warmer() {
        return warmer;
    }

    /** Null until it is open. */
    @Nullable
    TopicAdmin admin() {
        return admin;
    }

    /** Before anything else. */
    Future<Void> openAdmin() {
        return vertx.executeBlocking(() -> TopicAdmin.open(vertx, kafka, name + "-admin"))
                .map(opened -> {
                    admin = opened;
                    return null;
                });
    }

    /** All of the rest, on the worker's context. */
    Future<Void> open(Context context, Serving serving) {
        String incarnation = RedisLink.newIncarnation();
        RedisLink shared = RedisLink.open(vertx, role.servers().redisUrl(), incarnation, name, role.meters());
        link = shared;
        return shared.tried().compose(tried -> open(context, serving, shared, incarnation));
    }

    /** Whatever of it is open. */
    Future<Void> close() {
        outcomes.close();
        Future<Void> heard = signals == null ? Future.succeededFuture() : signals.close();
        return heard.otherwiseEmpty()
                .compose(done -> sink == null ? Future.succeededFuture() : sink.close())
                .eventually(() -> link == null ? Future.succeededFuture() : link.close())
                .eventually(deadLetters::close)
                .eventually(() -> vertx.executeBlocking(() -> {
                    if (search != null) {
                        search.close();
                    }
                    bodies.close();
                    if (admin != null) {
                        admin.close();
                    }
                    return null;
                }));
    }

    private Future<Void> open(Context context, Serving serving, RedisLink shared, String incarnation) {
        sink = EventSink.open(vertx, kafka, "provider-workers", EventSink.Patience.RESULT, role.meters());
        KafkaOutbox outbox = new KafkaOutbox(sink);
        VendorHealth health = new VendorHealth(
                incarnation,
                zone,
                seen -> outbox.health(seen)
                        .onFailure(cause ->
                                LOG.warn("health of {} not told: {}", seen.deployment(), String.valueOf(cause))));
        RecentIds cancelled = new RecentIds(REMEMBERED);
        VendorClient vendors = new VendorClient(vertx, settings.maxInFlight(), settings.connectTimeout());
        warmer = new ModelWarmer(vendors, meters, zone);
        Desk desk = new Desk(
                context,
                SteadyClock.ofProcess(),
                settings.connectTimeout().toMillis(),
                role.node().region(),
                unclaimed ? new InProcessClaims(REMEMBERED) : claims(context, shared, incarnation),
                bodies::read,
                Exchanges.ofDialects(),
                new Credentials(vertx, System::currentTimeMillis),
                new Bill(role.prices()),
                new Allotments(new RedisRates(context, shared)),
                vendors,
                outbox,
                outcomes,
                health,
                meters);
        Admission admission = new Admission(
                zone,
                role.node().region(),
                health,
                cancelled,
                new TokenCap(role.control().directory()));
        Worker mine = new Worker(desk, admission, cancelled, settings.maxInFlight(), serving);
        worker = mine;
        EventSource<Attempt> its = EventSource.open(
                vertx,
                kafka,
                new SourceSettings(name, Groups.workers(zone), settings.capPerPartition()),
                (topic, envelope) -> ATTEMPTS.decode(envelope),
                mine::handle,
                deadLetters,
                unclaimed ? null : new Marking(shared::epoch, this::told, this::inherited),
                role.meters());
        its.whenMoved(partitions ->
                mine.moved(taken -> partitions.contains(new TopicPartition(taken.topic(), taken.partition()))));
        source = its;
        return listen(mine);
    }

    private SharedClaims claims(Context context, RedisLink shared, String incarnation) {
        LogSearch found = new LogSearch(vertx, kafka, name);
        search = found;
        SharedClaims mine = new SharedClaims(
                vertx,
                new InProcessClaims(REMEMBERED),
                new RedisClaimStore(context, shared, incarnation),
                this::right,
                new LogRecall(found),
                SteadyClock.ofProcess());
        claims = mine;
        shared.onEpoch(mine::epochChanged);
        mine.epochChanged();
        return mine;
    }

    private String told() {
        return claims == null ? StartMark.NO_EPOCH : claims.told();
    }

    private Future<Void> right(Taken<Attempt> taken) {
        return source == null ? Future.failedFuture("not open") : source.right(taken);
    }

    private Future<Map<TopicPartition, InheritedMarks.Inherited>> inherited(
            String group, Set<TopicPartition> partitions) {
        return admin == null ? Future.failedFuture("not open") : admin.inherited(group, partitions);
    }

    private Future<Map<String, Integer>> exist(Set<String> topics) {
        return admin == null ? Future.failedFuture("not open") : admin.await(topics);
    }

    /** Signals are heard before attempts are taken. */
    private Future<Void> listen(Worker mine) {
        String topic = Topics.signals(zone);
        return exist(Set.of(topic))
                .compose(counts -> TailSource.open(
                        vertx,
                        kafka,
                        name + "-signals",
                        TailSource.partitions(topic, counts.getOrDefault(topic, 0)),
                        TailSource.From.END,
                        record -> hear(mine, record)))
                .map(open -> {
                    signals = open;
                    return null;
                });
    }

    private static void hear(Worker mine, ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(Event.HEADER);
        if (header == null || header.value() == null) {
            return;
        }
        try {
            mine.signal(SIGNALS.decode(header.value()));
        } catch (UndecodableException e) {
            LOG.error("signal at {}@{} can't be read: {}", record.topic(), record.offset(), e.getMessage());
        }
    }
}
