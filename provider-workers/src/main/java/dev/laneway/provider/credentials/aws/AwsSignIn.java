package dev.laneway.provider.credentials.aws;

import dev.laneway.provider.credentials.AwsKeySource;
import dev.laneway.provider.credentials.Credential;
import dev.laneway.provider.credentials.KeyResolver;
import dev.laneway.provider.meters.ProviderMetric;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the keys that {@link Chain} finds, one set for each access that the config has. They are asked for on a virtual thread of their
 * own, one at a time for each access; {@link #find} waits for the first answer only, and is to be called every few seconds, which is when
 * new ones are asked for: from {@link #EARLY} before an end, while the old ones still serve, and again after a refusal, less and less
 * often. Keys without an end are looked for each time, since a file may have new ones. Bounded by the accesses of a config: more than
 * {@link #MOST} drop all. Safe across threads.
 */
public final class AwsSignIn implements AwsKeySource {
    static final Duration EARLY = Duration.ofMinutes(5);
    /** So close to their end keys may be refused on their way. */
    static final Duration TOO_LATE = Duration.ofSeconds(30);
    /** For a first answer; who never got one is out of service until then. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AwsSignIn.class);
    private static final long AGAIN_MILLIS = 30_000;
    private static final long QUIET_MILLIS = 4_000;
    private static final long LONGEST_QUIET_MILLIS = 60_000;
    private static final int MOST = 1_000;

    private final Chain chain;
    private final LongSupplier clock;
    private final Counter given;
    private final Counter refused;
    private final Map<CloudAccess.Aws, Entry> entries = new HashMap<>();

    /** Guarded by itself. */
    private static final class Entry {
        @Nullable
        Session session;

        String why = "AWS has not answered yet";
        long askAgainAt;
        int refusals;

        @Nullable
        CompletableFuture<@Nullable Void> underWay;

        boolean answered;
    }

    /** @param clock epoch milliseconds, as the rest of the world has them */
    public AwsSignIn(Environment environment, LongSupplier clock, Meters meters) {
        this.chain = new Chain(environment, clock);
        this.clock = clock;
        this.given = meters.counter(ProviderMetric.SIGN_INS, MetricTag.OUTCOME, "given");
        this.refused = meters.counter(ProviderMetric.SIGN_INS, MetricTag.OUTCOME, "refused");
    }

    @Override
    public Credential find(CloudAccess.Aws access, KeyResolver keys) {
        Entry entry = entry(access);
        CompletableFuture<@Nullable Void> first = askWhereDue(entry, access, keys);
        if (first != null) {
            await(first);
        }
        synchronized (entry) {
            Session kept = entry.session;
            return kept != null && clock.getAsLong() < kept.until() - TOO_LATE.toMillis()
                    ? kept.in(access.region())
                    : new Credential.Missing(entry.why);
        }
    }

    private synchronized Entry entry(CloudAccess.Aws access) {
        if (entries.size() > MOST) {
            entries.clear();
        }
        return entries.computeIfAbsent(access, any -> new Entry());
    }

    /** What is to be waited for; null where something was said before. */
    private @Nullable CompletableFuture<@Nullable Void> askWhereDue(
            Entry entry, CloudAccess.Aws access, KeyResolver keys) {
        CompletableFuture<@Nullable Void> asked;
        synchronized (entry) {
            if (entry.underWay != null || clock.getAsLong() < entry.askAgainAt) {
                return entry.answered ? null : entry.underWay;
            }
            asked = new CompletableFuture<>();
            entry.underWay = asked;
        }
        Thread.ofVirtual().name("aws-sign-in").start(() -> {
            Asked answer = asked(access, keys);
            synchronized (entry) {
                keep(entry, answer, access);
                entry.underWay = null;
                entry.answered = true;
            }
            asked.complete(null);
        });
        synchronized (entry) {
            return entry.answered ? null : asked;
        }
    }

    private Asked asked(CloudAccess.Aws access, KeyResolver keys) {
        try {
            return chain.ask(access.keys(), access.region(), keys);
        } catch (RuntimeException bug) {
            LOG.error("asking AWS for keys of region {} failed", access.region(), bug);
            return new Asked.Failed("asking for its keys failed");
        }
    }

    private void keep(Entry entry, Asked answer, CloudAccess.Aws access) {
        long now = clock.getAsLong();
        switch (answer) {
            case Asked.Got(Session session) -> {
                boolean lasting = session.until() == Session.LASTING;
                if (!lasting) {
                    given.increment();
                }
                if (entry.session == null || entry.refusals > 0) {
                    LOG.info("AWS, region {}: there are keys of {}", access.region(), name(access));
                }
                entry.session = session;
                entry.why = "its keys have ended, and AWS gave no new ones";
                entry.refusals = 0;
                entry.askAgainAt = lasting ? now : Math.max(now + AGAIN_MILLIS, session.until() - EARLY.toMillis());
            }
            case Asked.Absent _ -> refused(entry, "nothing here gives its keys", access, now);
            case Asked.Failed(String why) -> refused(entry, why, access, now);
        }
    }

    private void refused(Entry entry, String why, CloudAccess.Aws access, long now) {
        refused.increment();
        if (entry.refusals == 0 || !Objects.equals(entry.why, why)) {
            LOG.warn("AWS, region {}: no keys of {}: {}", access.region(), name(access), why);
        }
        entry.refusals++;
        entry.why = why;
        entry.askAgainAt = now + Math.min(LONGEST_QUIET_MILLIS, QUIET_MILLIS << Math.min(entry.refusals, 5) >> 1);
        Session kept = entry.session;
        if (kept != null && kept.until() == Session.LASTING) {
            entry.session = null; // they were there and are not any more
        }
    }

    private static String name(CloudAccess.Aws access) {
        return access.keys().text();
    }

    private static void await(CompletableFuture<@Nullable Void> first) {
        try {
            first.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.debug("AWS answers later");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("it is completed, never failed", impossible);
        }
    }
}
