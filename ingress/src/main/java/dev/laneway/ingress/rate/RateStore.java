package dev.laneway.ingress.rate;

import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * Counts what holders ask for, for everybody who shares it. Whatever is asked of it about one request is one step: all of its holders are
 * counted, or none. Its clock is its own. Used on one context.
 */
public interface RateStore {
    /** How long a place among the parallel requests is kept without being renewed. */
    long LEASE_MILLIS = 20_000;

    /** Counts a request, where each of its holders has room. Fails where the memory that counts is away. */
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
     * A request that is to be counted.
     *
     * @param request its id
     * @param tokens that it may use
     */
    record Ask(String request, List<Limited> holders, long tokens) {
        public Ask {
            Objects.requireNonNull(request, "request");
            holders = List.copyOf(holders);
        }
    }

    /**
     * What a request came to.
     *
     * @param at when it was counted
     * @param requests more than was counted; less where negative
     * @param tokens likewise
     */
    record Settlement(String request, List<Limited> holders, long at, long requests, long tokens) {
        public Settlement {
            Objects.requireNonNull(request, "request");
            holders = List.copyOf(holders);
        }
    }

    /** What came of asking. */
    sealed interface Verdict {
        Counted counted();
    }

    /** There was room, and it is taken. */
    record Passed(Counted counted) implements Verdict {}

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
        static Use of(ToLongFunction<RateKind> counted) {
            return new Use(
                    counted.applyAsLong(RateKind.REQUESTS_PER_MINUTE),
                    counted.applyAsLong(RateKind.TOKENS_PER_MINUTE),
                    counted.applyAsLong(RateKind.REQUESTS_PER_HOUR),
                    counted.applyAsLong(RateKind.TOKENS_PER_HOUR),
                    counted.applyAsLong(RateKind.PARALLEL));
        }

        long of(RateKind kind) {
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
