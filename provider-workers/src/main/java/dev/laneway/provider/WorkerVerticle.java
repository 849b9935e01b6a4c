package dev.laneway.provider;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Groups;
import dev.laneway.contracts.Principal;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.dialects.providers.ProviderCatalogue;
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
import dev.laneway.provider.credentials.AwsKeySource;
import dev.laneway.provider.credentials.Credentials;
import dev.laneway.provider.credentials.aws.AwsSignIn;
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
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Secrets;
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
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker of one zone on Kafka: what it reads, what it writes, and the config that both follow. */
final class WorkerVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerVerticle.class);
    private static final EventCodec<Attempt> ATTEMPTS = EventCodec.of(Attempt.class);
    private static final EventCodec<Signal> SIGNALS = EventCodec.of(Signal.class);
    private static final long SWEEP_MILLIS = 50;
    private static final long KEYS_MILLIS = 5_000;
    private static final int REMEMBERED = 100_000;
    /** Left of a drain's patience for outcomes to be acknowledged after calls are cut off. */
    private static final long CUT_OFF_MILLIS = 2_000;

    private final RoleContext role;
    private final ProviderSettings settings;
    private final Zone zone;
    private final KafkaSettings kafka;
    private final WorkerMeters meters;
    private final BodyReader bodies;
    private final Outcomes outcomes;
    private final boolean unclaimed;
    private final DeadLetters deadLetters;
    private final AwsKeySource aws;
    private @Nullable EventSource<Attempt> source;
    private @Nullable TopicAdmin admin;
    private @Nullable RedisLink link;
    private @Nullable SharedClaims claims;
    private @Nullable LogSearch search;
    private @Nullable TailSource signals;
    private @Nullable EventSink sink;
    private @Nullable Worker worker;
    private @Nullable ModelWarmer warmer;
    private long configVersion;
    private volatile boolean reading;

    WorkerVerticle(RoleContext role, ProviderSettings settings, Zone zone) {
        this.role = role;
        this.settings = settings;
        this.zone = zone;
        this.kafka = role.kafka().as(Principal.worker(zone));
        String name = name();
        this.meters = new WorkerMeters(role.meters(), zone);
        this.bodies = new BodyReader(role.vertx(), kafka, name);
        this.outcomes = new Outcomes(role.vertx());
        this.unclaimed = Marking.isOff(role.environment());
        this.aws = new AwsSignIn(role.environment(), System::currentTimeMillis, role.meters());
        this.deadLetters = DeadLetters.open(role.vertx(), kafka, "provider-workers", role.meters());
    }

    Zone zone() {
        return zone;
    }

    /** Whether it reads what the config in force says. Safe on any thread. */
    boolean reading() {
        return reading;
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(() -> TopicAdmin.open(vertx, kafka, name() + "-admin"))
                .compose(opened -> {
                    admin = opened;
                    return role.control().firstConfig();
                })
                .compose(first -> load(first.config())
                        .compose(serving -> open(serving).compose(opened -> follow(first.version(), serving))))
                .onSuccess(started -> {
                    role.control().onConfig(context, next -> apply(next.version(), next.config()));
                    vertx.setPeriodic(SWEEP_MILLIS, id -> sweep());
                    vertx.setPeriodic(KEYS_MILLIS, id -> lookForKeys());
                });
    }

    /** Takes nothing more, finishes what runs, and closes; what can't be finished in time is cut off. Safe on any thread. */
    Future<Void> drain(Duration patience) {
        Promise<Void> drained = Promise.promise();
        context.runOnContext(v -> drainHere(patience).onComplete(drained));
        return drained.future();
    }

    private Future<Void> drainHere(Duration patience) {
        if (warmer != null) {
            warmer.close();
        }
        if (worker == null || source == null) {
            return close();
        }
        Worker mine = worker;
        EventSource<Attempt> its = source;
        long beforeCut = Math.max(1, patience.toMillis() - CUT_OFF_MILLIS);
        Future<Void> drained = its.drain(patience);
        return mine.drain()
                .timeout(beforeCut, TimeUnit.MILLISECONDS)
                .recover(late -> {
                    mine.cutOff();
                    return mine.drain().timeout(CUT_OFF_MILLIS, TimeUnit.MILLISECONDS);
                })
                .otherwiseEmpty()
                .compose(idle -> {
                    its.abandonRest();
                    return drained;
                })
                .otherwiseEmpty()
                .compose(done -> close());
    }

    private Future<Void> close() {
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

    private Future<Void> open(Serving serving) {
        String incarnation = RedisLink.newIncarnation();
        RedisLink shared = RedisLink.open(vertx, role.servers().redisUrl(), incarnation, name(), role.meters());
        link = shared;
        return shared.tried().compose(tried -> open(serving, shared, incarnation));
    }

    private Future<Void> open(Serving serving, RedisLink shared, String incarnation) {
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
                unclaimed ? new InProcessClaims(REMEMBERED) : claims(shared, incarnation),
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
        source = EventSource.open(
                vertx,
                kafka,
                new SourceSettings(name(), Groups.workers(zone), settings.capPerPartition()),
                (topic, envelope) -> ATTEMPTS.decode(envelope),
                mine::handle,
                deadLetters,
                unclaimed ? null : new Marking(shared::epoch, this::told, this::inherited),
                role.meters());
        return listen(mine);
    }

    private SharedClaims claims(RedisLink shared, String incarnation) {
        LogSearch found = new LogSearch(vertx, kafka, name());
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
                        name() + "-signals",
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

    private void apply(long version, GatewayConfig config) {
        if (version > configVersion) {
            load(config)
                    .compose(serving -> follow(version, serving))
                    .onFailure(cause ->
                            LOG.error("config version {} could not be followed: {}", version, String.valueOf(cause)));
        }
    }

    /** Puts a config in force here; the fences first, then the topics. */
    private Future<Void> follow(long version, Serving serving) {
        if (version <= configVersion || worker == null || source == null) {
            return Future.succeededFuture();
        }
        configVersion = version;
        worker.serve(serving);
        if (warmer != null) {
            warmer.warm(serving);
        }
        tellWhatIsLeft(serving.config());
        EventSource<Attempt> its = source;
        return wanted(serving.config()).compose(topics -> {
            if (version < configVersion) {
                return Future.succeededFuture();
            }
            LOG.info("zone {}: {} attempts topics", zone.id(), topics.size());
            return its.topics(topics).compose(subscribed -> its.joined()).onSuccess(joined -> reading = true);
        });
    }

    private void lookForKeys() {
        long version = configVersion;
        role.control()
                .config()
                .filter(current -> current.version() == version)
                .ifPresent(current -> load(current.config()).onSuccess(serving -> {
                    if (worker != null && version == configVersion) {
                        worker.serve(serving);
                    }
                }));
    }

    /** Secrets may be in files. */
    private Future<Serving> load(GatewayConfig config) {
        return vertx.executeBlocking(() -> {
            Secrets secrets = new Secrets(role.environment(), role.literals().get());
            return Serving.load(config, this::servedHere, ProviderCatalogue::find, secrets::find, this::keysOfAws);
        });
    }

    /** None are asked for that this zone's work may not use. */
    private AwsKeySource keysOfAws(Deployment deployment) {
        return zone.allows(deployment.zone()) ? aws : AwsKeySource.NONE;
    }

    /** Work that no worker of this region takes waits for one of another. */
    private void tellWhatIsLeft(GatewayConfig config) {
        if (zone == Zone.LOCAL && settings.zones().contains(Zone.CLOUD)) {
            return; // the other worker says it
        }
        String here = role.node().region();
        for (Deployment deployment : config.deployments().values()) {
            if (!servedHere(deployment)) {
                LOG.warn(
                        "deployment {} ({}) is left to workers of region {}: this one is of {} (LANEWAY_REGION)",
                        deployment.id(),
                        deployment.group(),
                        deployment.region(),
                        here);
            }
        }
        for (Lane lane : config.lanes().values()) {
            if (!processedHere(lane)) {
                LOG.warn(
                        "lane {} is left to workers of regions {}: this one is of {} (LANEWAY_REGION)",
                        lane.name(),
                        lane.regions(),
                        here);
            }
        }
    }

    /** What to read under a config, once all of its own topics are there. */
    private Future<Set<String>> wanted(GatewayConfig config) {
        if (admin == null) {
            return Future.failedFuture("not open");
        }
        TopicAdmin asked = admin;
        AttemptTopics topics = new AttemptTopics(zone, config, this::servedHere, this::processedHere);
        return asked.await(topics.planned())
                .compose(there -> asked.awaitNames())
                .map(topics::toRead);
    }

    private boolean servedHere(Deployment deployment) {
        return role.node().serves(deployment.region());
    }

    private boolean processedHere(Lane lane) {
        return lane.regions().isEmpty() || lane.regions().contains(role.node().region());
    }

    private void sweep() {
        if (worker != null) {
            worker.sweep();
        }
    }

    private String name() {
        return "provider-workers-" + zone.id();
    }
}
