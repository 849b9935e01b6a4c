package dev.laneway.ingress.rate;

import dev.laneway.contracts.Dialect;
import dev.laneway.ingress.http.Call;
import dev.laneway.runtime.rate.Limited;
import dev.laneway.runtime.rate.RateKind;
import dev.laneway.runtime.rate.RateStore.Counted;
import dev.laneway.runtime.rate.SlidingCount;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What is left of the tightest limit, as OpenAI's clients read it: {@code x-ratelimit-{limit,remaining,reset}-{requests,tokens}}. The reset is when
 * all that is counted so far will have left the window. Clients of Anthropic's are told in their words as well.
 */
final class Headroom {
    private Headroom() {}

    static void tell(Call call, List<Limited> holders, Counted counted) {
        tell(call, "requests", holders, counted, RateKind.REQUESTS_PER_MINUTE, RateKind.REQUESTS_PER_HOUR);
        tell(call, "tokens", holders, counted, RateKind.TOKENS_PER_MINUTE, RateKind.TOKENS_PER_HOUR);
    }

    /** The tightest is the one with the least part of it left. */
    private static void tell(Call call, String what, List<Limited> holders, Counted counted, RateKind... kinds) {
        long limit = 0;
        long left = 0;
        RateKind tightest = kinds[0];
        for (int i = 0; i < holders.size(); i++) {
            for (RateKind kind : kinds) {
                long most = kind.of(holders.get(i).limits());
                long room = Math.max(0, most - counted.used().get(i).of(kind));
                if (most > 0 && (limit == 0 || (double) room / most < (double) left / limit)) {
                    limit = most;
                    left = room;
                    tightest = kind;
                }
            }
        }
        if (limit > 0) {
            long reset = left == limit ? 0 : resetMillis(tightest, counted.at());
            HttpServerResponse response = call.response()
                    .putHeader("x-ratelimit-limit-" + what, Long.toString(limit))
                    .putHeader("x-ratelimit-remaining-" + what, Long.toString(left))
                    .putHeader("x-ratelimit-reset-" + what, duration(reset));
            if (call.dialect().id() == Dialect.ANTHROPIC_MESSAGES) {
                Instant at = Instant.ofEpochMilli(counted.at() + reset).truncatedTo(ChronoUnit.SECONDS);
                response.putHeader("anthropic-ratelimit-" + what + "-limit", Long.toString(limit))
                        .putHeader("anthropic-ratelimit-" + what + "-remaining", Long.toString(left))
                        .putHeader("anthropic-ratelimit-" + what + "-reset", at.toString());
            }
        }
    }

    /** Milliseconds until what is counted now has left its window. */
    static long resetMillis(RateKind kind, long at) {
        return (Math.floorDiv(at, kind.width()) + SlidingCount.PARTS) * kind.width() - at;
    }

    /** As {@code 1s}, {@code 6m0s}, {@code 1h0m5s}; rounded up. */
    static String duration(long millis) {
        long seconds = Math.ceilDiv(millis, 1_000L);
        long minutes = seconds / 60;
        long hours = minutes / 60;
        String rest = seconds % 60 + "s";
        return hours > 0 ? hours + "h" + minutes % 60 + "m" + rest : minutes > 0 ? minutes + "m" + rest : rest;
    }
}
