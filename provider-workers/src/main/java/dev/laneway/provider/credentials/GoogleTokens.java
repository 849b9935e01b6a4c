package dev.laneway.provider.credentials;

import dev.laneway.contracts.Failure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of Google service accounts. Each is kept until shortly before its end: from {@link #EARLY} before it a new one is fetched
 * while the old one still serves. One fetch a service account is under way at a time. Bounded by the accounts of a config: more than
 * {@link #MOST} drop all. One context.
 */
final class GoogleTokens {
    static final Duration EARLY = Duration.ofMinutes(5);
    /** So close to its end a token may be refused on its way. */
    static final Duration TOO_LATE = Duration.ofSeconds(30);
    /** A younger token that is refused is not to blame: its account lacks the right. */
    static final Duration YOUNG = Duration.ofMinutes(1);
    /** After a fetch that failed, what it told is told again for so long. */
    static final Duration QUIET = Duration.ofSeconds(2);

    private static final int MOST = 1_000;

    private final Fetch fetch;
    private final LongSupplier clock;
    private final Map<ServiceAccount, Entry> entries = new HashMap<>();

    /** Asks for tokens. */
    @FunctionalInterface
    interface Fetch {
        /** A new token; {@code now} is epoch milliseconds. The future does not fail. */
        Future<Fetched> fetch(ServiceAccount account, long now);
    }

    /** What became of asking. */
    sealed interface Fetched {
        /** @param lifeMillis from now */
        record Granted(String token, long lifeMillis) implements Fetched {
            /** Without the token. */
            @Override
            public String toString() {
                return "Granted[" + lifeMillis + " ms]";
            }
        }

        record Failed(Failure failure) implements Fetched {}
    }

    /** A token, or why there is none. */
    sealed interface Token {
        record Got(String text) implements Token {
            /** Without the token. */
            @Override
            public String toString() {
                return "Got[]";
            }
        }

        record Failed(Failure failure) implements Token {}
    }

    private static final class Entry {
        @Nullable
        String token;

        long since;
        long until;

        @Nullable
        Failure failure;

        long failedAt;

        @Nullable
        Future<Token> underWay;
    }

    /** @param clock epoch milliseconds */
    GoogleTokens(Fetch fetch, LongSupplier clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /** A token to use now. Does not fail. */
    Future<Token> token(ServiceAccount account) {
        if (entries.size() > MOST) {
            entries.clear();
        }
        Entry entry = entries.computeIfAbsent(account, any -> new Entry());
        long now = clock.getAsLong();
        String kept = entry.token;
        if (kept == null || now >= entry.until - TOO_LATE.toMillis()) {
            return fresh(account, entry, now);
        }
        if (now >= entry.until - EARLY.toMillis()) {
            fresh(account, entry, now); // for those who come later
        }
        return Future.succeededFuture(new Token.Got(kept));
    }

    /** A vendor refused a call with that {@code Authorization}. */
    void refused(ServiceAccount account, String authorization) {
        Entry entry = entries.get(account);
        if (entry != null
                && entry.token != null
                && authorization.equals("Bearer " + entry.token)
                && clock.getAsLong() - entry.since >= YOUNG.toMillis()) {
            entry.token = null;
        }
    }

    private Future<Token> fresh(ServiceAccount account, Entry entry, long now) {
        if (entry.underWay != null) {
            return entry.underWay;
        }
        if (entry.failure != null && now - entry.failedAt < QUIET.toMillis()) {
            return Future.succeededFuture(new Token.Failed(entry.failure));
        }
        Future<Token> asked = fetch.fetch(account, now).map(fetched -> keep(entry, fetched));
        if (!asked.isComplete()) {
            entry.underWay = asked;
        }
        return asked;
    }

    private Token keep(Entry entry, Fetched fetched) {
        entry.underWay = null;
        long now = clock.getAsLong();
        return switch (fetched) {
            case Fetched.Granted(String token, long lifeMillis) -> {
                entry.token = token;
                entry.since = now;
                entry.until = now + lifeMillis;
                entry.failure = null;
                yield new Token.Got(token);
            }
            case Fetched.Failed(Failure failure) -> {
                entry.failure = failure;
                entry.failedAt = now;
                yield new Token.Failed(failure);
            }
        };
    }
}
