package dev.laneway.standalone.serve;

import dev.laneway.runtime.catalogue.CatalogueFile;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.clock.SteadyClock;
import dev.laneway.runtime.control.OperatorKeys;
import dev.laneway.runtime.dead.DeadPage;
import dev.laneway.runtime.failpoint.Failpoint;
import dev.laneway.runtime.health.BrokerProbe;
import dev.laneway.runtime.health.HealthBoard;
import dev.laneway.runtime.health.ServiceState;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.role.LoopWatch;
import dev.laneway.runtime.role.ManagementServer;
import dev.laneway.runtime.role.Role;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.role.RunningRole;
import dev.laneway.runtime.trace.TracePage;
import dev.laneway.standalone.cli.Sentence;
import dev.laneway.standalone.cli.StartFailed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frame of a process that serves: Vert.x, meters, the management port, and roles that are started one after the other and drained
 * in the opposite order. The main thread alone uses it.
 */
final class LanewayProcess {
    static final Duration START = Duration.ofSeconds(60);

    private @Nullable KafkaSettings looking;
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration LOOP_LOOK = Duration.ofSeconds(1);
    /** Looks: a loop that has not turned for half a minute will not. */
    private static final int LOOP_PATIENCE = 30;

    private static final Logger LOG = LoggerFactory.getLogger(LanewayProcess.class);

    private final Vertx vertx;
    private final Meters meters;
    private final ManagementServer management;
    private final List<RunningRole> roles = new ArrayList<>();
    private final List<Runnable> closing = new ArrayList<>();
    private final LoopWatch loops;
    private volatile @Nullable HealthBoard broker;
    private @Nullable DeadPage deadPage;
    private int managementPort;

    private LanewayProcess(Vertx vertx, Meters meters) {
        this.vertx = vertx;
        this.meters = meters;
        this.management = ManagementServer.create(vertx, meters);
        this.loops = LoopWatch.start(vertx, VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE, LOOP_LOOK, LOOP_PATIENCE);
        management.loops(loops);
        management.needs(this::missing);
    }

    static LanewayProcess create() {
        Failpoint.announce();
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Meters meters = Meters.create();
        SteadyClock.ofProcess().show(meters);
        return new LanewayProcess(vertx, meters);
    }

    Vertx vertx() {
        return vertx;
    }

    Meters meters() {
        return meters;
    }

    /** Prices by the catalogue of this release and that file, which may come, change and go. */
    Prices prices(Path file) {
        CatalogueFile catalogue = CatalogueFile.watch(file);
        onClose(catalogue::close);
        return catalogue.prices();
    }

    int managementPort() {
        return managementPort;
    }

    /**
     * Opens the management port first: a port in use is known before anything is started.
     *
     * @param looking as whom requests are looked up there, and dead letters
     */
    void listen(String host, int port, KafkaSettings looking) throws StartFailed {
        this.looking = looking;
        management.page("/trace/", TracePage.create(vertx, looking));
        DeadPage dead = DeadPage.create(vertx, looking, meters);
        management.action(DeadPage.PREFIX, dead);
        deadPage = dead;
        try {
            managementPort = Waiting.on(management.listen(host, port), START, "management port");
        } catch (StartFailed e) {
            throw new StartFailed(
                    "management port " + host + ":" + port + " can't be used (" + reason(e)
                            + "); choose another with --management-port",
                    e);
        }
    }

    /** Starts a role and waits until it serves. */
    RunningRole start(Role role, RoleContext context) throws StartFailed {
        return startAll(List.of(role), context).getFirst();
    }

    /** Asks from now on whether the broker answers: without it no role can serve, whatever it thinks itself. */
    private void probe(KafkaSettings kafka) {
        if (broker == null) {
            Future<HealthBoard> opened = Future.future(promise -> vertx.getOrCreateContext()
                    .runOnContext(v -> promise.complete(
                            HealthBoard.open(vertx, List.of(BrokerProbe.open(vertx, kafka, "laneway-ready")), PROBE))));
            opened.onSuccess(board -> broker = board);
        }
    }

    private List<String> missing() {
        HealthBoard board = broker;
        return board == null || board.state(HealthBoard.BROKER) == ServiceState.HEALTHY
                ? List.of()
                : List.of("the broker does not answer");
    }

    /** Starts roles side by side and waits until all serve; they are drained in the opposite order. */
    List<RunningRole> startAll(List<Role> starting, RoleContext context) throws StartFailed {
        if (looking != null) {
            probe(looking);
        }
        if (deadPage != null) {
            deadPage.operatedBy(new OperatorKeys(context.environment(), context.literals(), context.control())::admit);
        }
        List<Future<RunningRole>> futures = new ArrayList<>();
        for (Role role : starting) {
            futures.add(role.start(context));
        }
        List<RunningRole> running = new ArrayList<>();
        StartFailed failure = null;
        long until = System.nanoTime() + START.toNanos();
        for (int i = 0; i < starting.size(); i++) {
            try {
                Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime())); // they start at the same time
                RunningRole role =
                        Waiting.on(futures.get(i), left, starting.get(i).name());
                roles.add(role);
                management.add(role);
                running.add(role);
            } catch (StartFailed e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return running;
    }

    /** Every role is there. */
    void started() {
        management.started();
    }

    /** Returns when every role can serve. */
    void awaitReady() throws StartFailed {
        long until = System.nanoTime() + START.toNanos();
        for (List<String> reasons = notReady(); !reasons.isEmpty(); reasons = notReady()) {
            if (System.nanoTime() > until) {
                throw new StartFailed("not ready after " + START.toSeconds() + " s: " + String.join("; ", reasons));
            }
            Waiting.on(vertx.timer(20), START, "timer");
        }
    }

    private List<String> notReady() {
        return Stream.concat(missing().stream(), roles.stream().flatMap(role -> role.notReady().stream()))
                .toList();
    }

    /** Drains what was started, in opposite order: the ingress first, so that what it accepted is finished by the others. */
    void drain(Duration patience) {
        management.draining();
        long until = System.nanoTime() + patience.toNanos();
        for (RunningRole role : roles.reversed()) {
            Duration left = Duration.ofNanos(Math.max(1_000_000_000L, until - System.nanoTime()));
            try {
                Waiting.on(role.drain(left), left.plusSeconds(5), role.name());
            } catch (StartFailed e) {
                LOG.warn("stopping: {}", e.getMessage());
            }
        }
    }

    /** Runs at {@link #close}. */
    void onClose(Runnable step) {
        closing.add(step);
    }

    /** Closes the frame itself. */
    void close() {
        closing.forEach(Runnable::run);
        loops.close();
        HealthBoard board = broker;
        try {
            if (board != null) {
                Waiting.on(board.close(), Duration.ofSeconds(2), "probe of the broker");
            }
            Waiting.on(management.close(), Duration.ofSeconds(2), "management port");
            Waiting.on(vertx.close(), Duration.ofSeconds(5), "event loops");
        } catch (StartFailed e) {
            LOG.warn("stopping: {}", e.getMessage());
        }
        meters.close();
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? Sentence.of(failure) : Sentence.of(cause);
    }
}
