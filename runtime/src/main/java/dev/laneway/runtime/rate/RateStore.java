package dev.laneway.runtime.rate;

import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts what holders are asked for, for everybody who shares it. Whatever is asked of it about one request or attempt is one step: all of its
 * holders are counted, or none. Its clock is its own. Used on one context.
 */
public interface RateStore {
    /** How long a place among the parallel requests is kept without being renewed. */
    long LEASE_MILLIS = 20_000;

    /** How long a place is kept for an attempt that is on its way to whoever renews it. */
    long FIRST_LEASE_MILLIS = 60_000;

    /**
     * Counts a request, where each of its holders has room. Fails where the memory that counts is away. What is counted {@link Ask#once} and was
     * asked before is answered as the first time, and nothing more is counted.
     */
    Future<Verdict> admit(Ask ask);

    /** Corrects what was counted of a request, and gives back its places; does nothing where that is forgotten. Never waits and never fails. */
    void settle(Settlement settlement);

    /** Keeps the places of requests that are under way. Never waits and never fails. */
    void renew(List<Ask> underWay);

    /** What is counted of holders just now, in their order. Fails where the memory that counts is away. */
    Future<Counted> look(List<Limited> holders);

    /** Succeeds once it is known whether the memory that counts is there; it never fails. */
    Future<Void> ready();

    /** Closes it; nothing may be asked after. */
    Future<Void> close();

    /**
     * A request or attempt that is to be counted.
     *
     * @param request its id
     * @param tokens that it may use
     * @param once set where it may be asked again and is to be counted once
     */
    record Ask(
            String request,
            List<Limited> holders,
            long tokens,
            @Nullable Once once) {
        public Ask {
            Objects.requireNonNull(request, "request");
            holders = List.copyOf(holders);
        }

        /** One that is asked once. */
        public Ask(String request, List<Limited> holders, long tokens) {
            this(request, holders, tokens, null);
        }
    }

    /**
     * How what was counted is known again: for as long as it counts in a window, and no longer than two minutes after its deadline.
     *
     * @param deadline epoch milliseconds
     * @param plan where it is to go: what a repeated question gets back as it was the first time
     */
    record Once(long deadline, String plan) {
        public Once {
            Objects.requireNonNull(plan, "plan");
        }
    }

    /**
     * What a request came to.
     *
     * @param at when it was counted
     * @param requests more than was counted; less where negative, and then it was not made after all, and may be asked for anew
     * @param tokens likewise
     * @param once whether it was counted {@link Ask#once}: then it is settled once
     */
    record Settlement(String request, List<Limited> holders, long at, long requests, long tokens, boolean once) {
        public Settlement {
            Objects.requireNonNull(request, "request");
            holders = List.copyOf(holders);
        }

        /** Of one that is settled once by whoever asked. */
        public Settlement(String request, List<Limited> holders, long at, long requests, long tokens) {
            this(request, holders, at, requests, tokens, false);
        }
    }

    /** What came of asking. */
    sealed interface Verdict {
        Counted counted();
    }

    /**
     * There was room, and it is taken.
     *
     * @param at when, which may be long ago where it was asked before
     * @param plan of the first question; empty where it was not to be counted once
     */
    record Passed(Counted counted, long at, String plan) implements Verdict {
        /** Just now. */
        public Passed(Counted counted) {
            this(counted, counted.at(), "");
        }
    }

    /**
     * Somebody has no room, and nobody's was taken.
     *
     * @param holder whose limit it is: the one that takes longest
     * @param waitMillis until there will be room, if nobody else asks; 0 where nobody can tell
     */
    record Refused(Limited holder, RateKind kind, long waitMillis, Counted counted) implements Verdict {}

    /**
     * What is counted of holders.
     *
     * @param at epoch milliseconds, by the store's clock
     * @param used of each holder, in their order, by the order of {@link RateKind}; 0 of what it has no limit of
     */
    record Counted(long at, List<Use> used) {
        public Counted {
            used = List.copyOf(used);
        }
    }

    /** What is counted of one holder. */
    record Use(long requestsPerMinute, long tokensPerMinute, long requestsPerHour, long tokensPerHour, long parallel) {
        /** Of each kind what a function tells. */
        public static Use of(ToLongFunction<RateKind> counted) {
            return new Use(
                    counted.applyAsLong(RateKind.REQUESTS_PER_MINUTE),
                    counted.applyAsLong(RateKind.TOKENS_PER_MINUTE),
                    counted.applyAsLong(RateKind.REQUESTS_PER_HOUR),
                    counted.applyAsLong(RateKind.TOKENS_PER_HOUR),
                    counted.applyAsLong(RateKind.PARALLEL));
        }

        /** Of one kind. */
        public long of(RateKind kind) {
            return switch (kind) {
                case REQUESTS_PER_MINUTE -> requestsPerMinute;
                case TOKENS_PER_MINUTE -> tokensPerMinute;
                case REQUESTS_PER_HOUR -> requestsPerHour;
                case TOKENS_PER_HOUR -> tokensPerHour;
                case PARALLEL -> parallel;
            };
        }
    }
}
