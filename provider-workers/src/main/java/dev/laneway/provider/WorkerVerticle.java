package dev.laneway.provider;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Zone;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.provider.call.ModelWarmer;
import dev.laneway.provider.credentials.AwsKeySource;
import dev.laneway.provider.credentials.aws.AwsSignIn;
import dev.laneway.provider.intake.Serving;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Secrets;
import dev.laneway.runtime.kafka.EventSource;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.topology.TopicAdmin;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker of one zone: its start and end, and the config that it follows. What it stands on is its {@link WorkerWiring}. */
final class WorkerVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerVerticle.class);
    private static final long SWEEP_MILLIS = 50;
    private static final long KEYS_MILLIS = 5_000;
    /** Left of a drain's patience for outcomes to be acknowledged after calls are cut off. */
    private static final long CUT_OFF_MILLIS = 2_000;

    private final RoleContext role;
    private final ProviderSettings settings;
    private final Zone zone;
    private final AwsKeySource aws;
    private final WorkerWiring wiring;
    private long configVersion;
    private volatile boolean reading;

    WorkerVerticle(RoleContext role, ProviderSettings settings, Zone zone) {
        this.role = role;
        this.settings = settings;
        this.zone = zone;
        this.aws = new AwsSignIn(role.environment(), System::currentTimeMillis, role.meters());
        this.wiring = new WorkerWiring(role, settings, zone, "provider-workers-" + zone.id());
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
        return wiring.openAdmin()
                .compose(opened -> role.control().firstConfig())
                .compose(first -> load(first.config())
                        .compose(serving ->
                                wiring.open(context, serving).compose(opened -> follow(first.version(), serving))))
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
        ModelWarmer warmer = wiring.warmer();
        if (warmer != null) {
            warmer.close();
        }
        Worker mine = wiring.worker();
        EventSource<Attempt> its = wiring.source();
        if (mine == null || its == null) {
            return wiring.close();
        }
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
                .compose(done -> wiring.close());
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
        Worker worker = wiring.worker();
        EventSource<Attempt> its = wiring.source();
        if (version <= configVersion || worker == null || its == null) {
            return Future.succeededFuture();
        }
        configVersion = version;
        worker.serve(serving);
        ModelWarmer warmer = wiring.warmer();
        if (warmer != null) {
            warmer.warm(serving);
        }
        tellWhatIsLeft(serving.config());
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
                    Worker worker = wiring.worker();
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
        TopicAdmin asked = wiring.admin();
        if (asked == null) {
            return Future.failedFuture("not open");
        }
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
        Worker worker = wiring.worker();
        if (worker != null) {
            worker.sweep();
        }
    }
}
