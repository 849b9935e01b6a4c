package dev.laneway.router.plan;

import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Request;
import dev.laneway.router.health.Loads;
import dev.laneway.router.health.Standings;
import dev.laneway.runtime.catalogue.Tariff;
import dev.laneway.runtime.config.Deployment;
import java.util.List;
import java.util.function.ToLongFunction;

/** Takes out of the deployments that could be called those that others are better than, by the config's strategy. Pure. */
final class Leaning {
    /** Tokens of an answer for which no number was asked. */
    static final long USUAL_TOKENS = 1_000;

    /** Of one that is a tenth slower than the fastest nobody can say that it is slower. */
    private static final long TENTH = 10;

    private static final long MILLION = 1_000_000;

    private Leaning() {}

    /** Leaves at least one. */
    static void narrow(List<Deployment> candidates, Request request, Situation situation) {
        Standings standings = situation.standings();
        long now = situation.now();
        switch (situation.table().strategy()) {
            case WEIGHT -> {}
            case LEAST_BUSY -> keepLeast(candidates, each -> standings.calls(each.id(), now), 0);
            // what nobody knows is 0, and so is tried first
            case LATENCY -> keepLeast(candidates, each -> standings.firstTokenMillis(each.id(), now), TENTH);
            case USAGE -> keepLeast(candidates, usage(candidates, situation), 0);
            case COST -> keepLeast(candidates, each -> cost(request, each, situation), 0);
        }
    }

    /**
     * How much of a deployment was used in the last minute: the larger share of its rpm and its tpm, in millionths, where all of them have
     * either; else its tokens.
     */
    private static ToLongFunction<Deployment> usage(List<Deployment> candidates, Situation situation) {
        RoutingTable table = situation.table();
        Standings standings = situation.standings();
        boolean limited = candidates.stream()
                .map(each -> table.limits(each.id()))
                .allMatch(limits -> limits.requestsPerMinute() > 0 || limits.tokensPerMinute() > 0);
        return each -> {
            Loads.Used used = standings.used(each.id(), situation.now());
            RateLimits limits = table.limits(each.id());
            return limited
                    ? Math.max(
                            share(used.requests(), limits.requestsPerMinute()),
                            share(used.tokens(), limits.tokensPerMinute()))
                    : used.tokens();
        };
    }

    private static long share(long used, long limit) {
        return limit == 0 ? 0 : Math.min(used, Long.MAX_VALUE / MILLION) * MILLION / limit;
    }

    /** @param slack the least may be passed by a part of itself, such as a tenth of it; 0 for by nothing */
    private static void keepLeast(List<Deployment> candidates, ToLongFunction<Deployment> measure, long slack) {
        long[] measures = candidates.stream().mapToLong(measure).toArray();
        long least = Long.MAX_VALUE;
        for (long each : measures) {
            least = Math.min(least, each);
        }
        long most = slack == 0 ? least : least + least / slack;
        for (int i = measures.length - 1; i >= 0; i--) {
            if (measures[i] > most) {
                candidates.remove(i);
            }
        }
    }

    /** Billionths of a dollar. */
    private static long cost(Request request, Deployment deployment, Situation situation) {
        Tariff.Most most = situation.table().tariff().of(request, deployment, request.inputTokens());
        if (most == null) {
            return Long.MAX_VALUE;
        }
        long tokens = request.maxTokens() == 0 ? USUAL_TOKENS : request.maxTokens();
        return most.perToken() > 0 && tokens > (Long.MAX_VALUE - most.fixed()) / most.perToken()
                ? Long.MAX_VALUE
                : most.fixed() + most.perToken() * tokens;
    }
}
