package dev.laneway.accounting.control;

import dev.laneway.accounting.AccountingMetric;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.ConfigWatcher;
import dev.laneway.runtime.config.Problem;
import dev.laneway.runtime.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the rounds that keep the control topic as it should be: one a second, and one at once when the file changes. A round asks
 * for the writer's lock, then publishes the config, then sees to the master key. What fails is tried again by the next round.
 * Belongs to one context.
 */
public final class ControlWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ControlWriter.class);
    private static final long ROUND_MILLIS = 1_000;

    private final Vertx vertx;
    private final ConfigFeed feed;
    private final WriterLock lock;
    private final ConfigPublisher config;
    private final MasterKeyKeeper masterKey;
    private final Counter published;
    private final Counter refused;
    private final Counter failures;
    private @Nullable Future<Void> running;
    private long timer;
    private long supersededBy;
    private String kept = "";
    private boolean failing;
    private Runnable watch = () -> {};

    public ControlWriter(
            Vertx vertx,
            ConfigFeed feed,
            WriterLock lock,
            ConfigPublisher config,
            MasterKeyKeeper masterKey,
            Meters meters) {
        this.vertx = Objects.requireNonNull(vertx, "vertx");
        this.feed = Objects.requireNonNull(feed, "feed");
        this.lock = Objects.requireNonNull(lock, "lock");
        this.config = Objects.requireNonNull(config, "config");
        this.masterKey = Objects.requireNonNull(masterKey, "masterKey");
        published = meters.counter(AccountingMetric.CONFIG_PUBLISHED);
        refused = meters.counter(AccountingMetric.CONFIG_REFUSED);
        failures = meters.counter(AccountingMetric.CONTROL_ROUNDS_FAILED);
    }

    /**
     * Watches the file, and runs the first round.
     *
     * @param inForce the content that is in force or wanted, so that the same is no change
     * @return succeeds when the first round has ended, however it ended
     */
    public Future<Void> start(String inForce) {
        Context context = vertx.getOrCreateContext();
        watch = feed.watch(inForce, new ConfigWatcher.Listener() {
            @Override
            public void changed(ConfigResult.Valid valid) {
                context.runOnContext(v -> take(valid));
            }

            @Override
            public void refused(List<Problem> problems) {
                context.runOnContext(v -> refuse(problems));
            }
        });
        timer = vertx.setPeriodic(ROUND_MILLIS, id -> round());
        return round();
    }

    /** Ends the rounds and gives the writer's right back. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        watch.run();
        Future<Void> last = running == null ? Future.succeededFuture() : running;
        return last.eventually(lock::close);
    }

    private void take(ConfigResult.Valid valid) {
        valid.problems().forEach(problem -> LOG.warn("{}", problem));
        LOG.info("the config file changed to {}", valid.config().version());
        config.want(valid);
        round();
    }

    private void refuse(List<Problem> problems) {
        refused.increment();
        problems.forEach(problem -> LOG.error("{}", problem));
        LOG.error("the config file is refused whole; what was in force stays in force ({} problems)", problems.size());
    }

    private Future<Void> round() {
        Future<Void> before = running;
        if (before != null) {
            return before;
        }
        Future<Void> round = lock.ask()
                .compose(asked -> lock.writer() ? write() : Future.succeededFuture())
                .recover(cause -> {
                    failures.increment();
                    if (!failing) {
                        failing = true;
                        LOG.warn(
                                "the control topic could not be brought up to date; trying again: {}",
                                cause.toString());
                    }
                    return Future.succeededFuture();
                });
        running = round;
        round.onComplete(done -> running = null);
        return round;
    }

    private Future<Void> write() {
        return config.round()
                .compose(this::report)
                .compose(done -> masterKey.round())
                .onSuccess(done -> failing = false);
    }

    private Future<Void> report(ConfigPublisher.Round round) {
        return switch (round) {
            case ConfigPublisher.Round.Nothing nothing -> Future.succeededFuture();
            case ConfigPublisher.Round.InForce there -> keep(there.config());
            case ConfigPublisher.Round.Superseded newer -> {
                if (supersededBy != newer.version()) {
                    supersededBy = newer.version();
                    LOG.error(
                            "this machine's config differs from version {}, which another accounting published after this one"
                                    + " read its file: that version stays in force until the file here changes",
                            newer.version());
                }
                yield Future.succeededFuture();
            }
            case ConfigPublisher.Round.Published done -> {
                published.increment();
                LOG.info(
                        "config version {} ({}) is published",
                        done.version(),
                        done.config().config().version());
                yield keep(done.config());
            }
        };
    }

    private Future<Void> keep(ConfigResult.Valid inForce) {
        String version = inForce.config().version();
        if (version.equals(kept)) {
            return Future.succeededFuture();
        }
        kept = version;
        return vertx.executeBlocking(() -> {
            feed.keep(inForce);
            return null;
        });
    }
}
