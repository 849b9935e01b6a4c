package dev.laneway.provider.rates;

import dev.laneway.contracts.Allotment;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.runtime.rate.Limited;
import dev.laneway.runtime.rate.RateStore;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settles what a router counted of an attempt, once its fact says what it used, and keeps its places among the parallel calls until then. Each is
 * settled once, whoever says it how often. An attempt under no limit asks nobody; with the store away nothing is corrected, and places come
 * free by themselves. One context.
 */
public final class Allotments {
    private static final long RENEW_MILLIS = RateStore.LEASE_MILLIS / 4;

    private final RateStore store;
    private long renewedAt;

    /** @param store where routers count; closed by whoever opened it */
    public Allotments(RateStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /** It was not sent and will not be: it counts nowhere. */
    public void unsent(Attempt attempt) {
        Allotment allotment = attempt.allotment();
        if (allotment != null) {
            settle(attempt, allotment, -1, 0);
        }
    }

    /**
     * Its call is over, and its fact acknowledged.
     *
     * @param sent whether anything may have left
     * @param seenTokens about how many tokens of the answer came; below 0 where nobody counted
     */
    public void ended(Attempt attempt, Fact.Attempted fact, boolean sent, long seenTokens) {
        Allotment allotment = attempt.allotment();
        if (allotment == null) {
            return;
        }
        if (!sent) {
            settle(attempt, allotment, -1, 0);
        } else {
            settle(attempt, allotment, 0, used(attempt, allotment, fact, seenTokens));
        }
    }

    /** Where nobody knows it stays at what was expected; of an answer that broke off its prompt counts, and what came. */
    private static long used(Attempt attempt, Allotment allotment, Fact.Attempted fact, long seenTokens) {
        TokenUsage usage = fact.usage();
        if (usage != null) {
            return usage.input() + usage.output();
        }
        boolean told = fact.outcome() == Outcome.FAILED && !mayHaveBeenRead(fact.failure());
        if (seenTokens > 0 && fact.outcome() == Outcome.FAILED) {
            return Math.min(allotment.tokens(), attempt.request().inputTokens() + seenTokens);
        }
        return told ? 0 : allotment.tokens();
    }

    /** The vendor may have worked on it, though it gave no answer. */
    private static boolean mayHaveBeenRead(@Nullable FailureKind failure) {
        return failure == FailureKind.TIMEOUT
                || failure == FailureKind.CANCELLED
                || failure == FailureKind.EXPIRED
                || failure == FailureKind.UNKNOWN;
    }

    private void settle(Attempt attempt, Allotment allotment, long requests, long tokens) {
        store.settle(new RateStore.Settlement(
                attempt.id(), holders(allotment), allotment.at(), requests, tokens - allotment.tokens(), true));
    }

    /** Whether it is time to {@link #renew}. */
    public boolean isDue(long now) {
        return now - renewedAt >= RENEW_MILLIS;
    }

    /** Keeps the places of everything that waits here or is under way. */
    public void renew(Collection<Attempt> underWay, long now) {
        renewedAt = now;
        List<RateStore.Ask> places = underWay.stream()
                .filter(Allotments::hasPlace)
                .map(Allotments::ask)
                .toList();
        if (!places.isEmpty()) {
            store.renew(places);
        }
    }

    private static boolean hasPlace(Attempt attempt) {
        Allotment allotment = attempt.allotment();
        return allotment != null
                && allotment.shares().stream().anyMatch(share -> share.limits().parallel() > 0);
    }

    private static RateStore.Ask ask(Attempt attempt) {
        Allotment allotment = Objects.requireNonNull(attempt.allotment());
        return new RateStore.Ask(
                attempt.id(),
                holders(allotment),
                0,
                new RateStore.Once(attempt.request().deadline(), attempt.deployment() + " " + attempt.account()));
    }

    private static List<Limited> holders(Allotment allotment) {
        return allotment.shares().stream()
                .map(share -> new Limited(share.scope(), share.id(), share.limits(), false))
                .toList();
    }
}
