package dev.laneway.ingress.rate;

import dev.laneway.runtime.rate.Limited;
import dev.laneway.runtime.rate.RateKind;
import dev.laneway.runtime.rate.RateStore.Counted;
import java.util.ArrayList;
import java.util.List;

/**
 * How much is left of one limit.
 *
 * @param resetMillis until all that is counted now has left the window; 0 where nothing is, and of parallel requests
 */
record RateStatus(Limited holder, RateKind kind, long limit, long used, long resetMillis) {
    static List<RateStatus> of(List<Limited> holders, Counted counted) {
        List<RateStatus> all = new ArrayList<>();
        for (int i = 0; i < holders.size(); i++) {
            Limited holder = holders.get(i);
            for (RateKind kind : RateKind.values()) {
                long limit = kind.of(holder.limits());
                if (limit > 0) {
                    long used = counted.used().get(i).of(kind);
                    boolean resets = used > 0 && kind != RateKind.PARALLEL;
                    all.add(new RateStatus(
                            holder, kind, limit, used, resets ? Headroom.resetMillis(kind, counted.at()) : 0));
                }
            }
        }
        return all;
    }

    long remaining() {
        return Math.max(0, limit - used);
    }
}
