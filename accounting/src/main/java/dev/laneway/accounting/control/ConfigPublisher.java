package dev.laneway.accounting.control;

import dev.laneway.contracts.Control;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.GatewayConfig;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings the control topic to the config that the file asks for: topics first, then the version after the one that is there. The same
 * content is never published twice. A config is published only over the version that was there when it was read: when another
 * accounting has published since, this one's file may be the older, and is left alone until it changes. Belongs to one context; one
 * round at a time.
 */
public final class ConfigPublisher {
    private final ControlLog log;
    private final ControlSink sink;
    private final Function<GatewayConfig, Future<Void>> topics;
    private final Clock clock;
    /** Versions given to the broker, acknowledged or not: an unacknowledged one may still arrive, so none is given twice. */
    private final Set<Long> tried = new HashSet<>();

    private @Nullable Wanted wanted;
    private @Nullable Wanted made;

    /** @param read the version that the topic held when it was read, 0 for none */
    private record Wanted(ConfigResult.Valid config, long read) {}

    /** What became of a round. */
    public sealed interface Round {
        /** No config was ever read that could be put in force. */
        record Nothing() implements Round {}

        /** The topic held what the file asks for. */
        record InForce(long version, ConfigResult.Valid config) implements Round {}

        /** Published just now. */
        record Published(long version, ConfigResult.Valid config) implements Round {}

        /** Another accounting published a version after this one's file was read. */
        record Superseded(long version) implements Round {}
    }

    /** @param topics makes the topics of a config, and waits until they are there */
    public ConfigPublisher(
            ControlLog log, ControlSink sink, Function<GatewayConfig, Future<Void>> topics, Clock clock) {
        this.log = Objects.requireNonNull(log, "log");
        this.sink = Objects.requireNonNull(sink, "sink");
        this.topics = Objects.requireNonNull(topics, "topics");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** From now on this config is wanted. */
    public void want(ConfigResult.Valid config) {
        wanted = new Wanted(config, version());
    }

    /** The config that is wanted now. */
    public Optional<GatewayConfig> wanted() {
        return Optional.ofNullable(wanted).map(now -> now.config().config());
    }

    /** Compares and publishes. Fails where the broker does not answer: nothing is in force by halves, and the next round tries again. */
    public Future<Round> round() {
        Wanted now = wanted;
        if (now == null) {
            return Future.succeededFuture(new Round.Nothing());
        }
        Future<Void> there = now.equals(made)
                ? Future.succeededFuture()
                : topics.apply(now.config().config());
        return there.compose(done -> {
            made = now;
            return publish(now);
        });
    }

    private Future<Round> publish(Wanted now) {
        GatewayConfig config = now.config().config();
        long there = version();
        if (log.config().filter(held -> held.hash().equals(config.version())).isPresent()) {
            return Future.succeededFuture(new Round.InForce(there, now.config()));
        }
        if (there > now.read() && !tried.contains(there)) {
            return Future.succeededFuture(new Round.Superseded(there));
        }
        long next = Math.max(there, tried.isEmpty() ? 0 : Collections.max(tried)) + 1;
        tried.add(next);
        Control.Config entity =
                new Control.Config(next, config.version(), now.config().publishableText(), clock.millis());
        return sink.publish(entity).map(done -> new Round.Published(next, now.config()));
    }

    private long version() {
        return log.config().map(Control.Config::version).orElse(0L);
    }
}
