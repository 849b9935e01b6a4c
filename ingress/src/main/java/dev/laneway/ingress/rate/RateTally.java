package dev.laneway.ingress.rate;

import dev.laneway.ingress.rate.RateStore.Ask;
import dev.laneway.ingress.rate.RateStore.Counted;
import dev.laneway.ingress.rate.RateStore.Settlement;
import dev.laneway.ingress.rate.RateStore.Use;
import dev.laneway.ingress.rate.RateStore.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is counted of all holders, as a state that times and questions are put to. One thread. */
final class RateTally {
    private final Map<String, Account> accounts = new HashMap<>();

    private static final class Account {
        private final Map<RateKind, SlidingCount> windows = new EnumMap<>(RateKind.class);
        /** When places end, by request. */
        private final Map<String, Long> places = new HashMap<>();

        SlidingCount window(RateKind kind) {
            return windows.computeIfAbsent(kind, absent -> new SlidingCount(kind.width()));
        }

        long used(RateKind kind, long now) {
            if (kind != RateKind.PARALLEL) {
                return window(kind).sum(now);
            }
            places.values().removeIf(end -> end <= now);
            return places.size();
        }
    }

    Verdict admit(Ask ask, long now) {
        Limited whose = null;
        RateKind what = RateKind.PARALLEL;
        long longest = -1;
        for (Limited holder : ask.holders()) {
            Account account = account(holder);
            for (RateKind kind : RateKind.values()) {
                long limit = kind.of(holder.limits());
                long over = limit == 0 ? 0 : account.used(kind, now) + amount(kind, ask.tokens()) - limit;
                if (over > 0) {
                    long wait =
                            kind == RateKind.PARALLEL ? 0 : account.window(kind).freeIn(now, over);
                    if (wait > longest) {
                        longest = wait;
                        whose = holder;
                        what = kind;
                    }
                }
            }
        }
        if (whose != null) {
            return new RateStore.Refused(whose, what, longest, look(ask.holders(), now));
        }
        for (Limited holder : ask.holders()) {
            Account account = account(holder);
            for (RateKind kind : RateKind.values()) {
                if (kind.of(holder.limits()) == 0) {
                    continue;
                }
                if (kind == RateKind.PARALLEL) {
                    account.places.put(ask.request(), now + RateStore.LEASE_MILLIS);
                } else {
                    account.window(kind).add(now, amount(kind, ask.tokens()));
                }
            }
        }
        return new RateStore.Passed(look(ask.holders(), now));
    }

    void settle(Settlement settlement) {
        for (Limited holder : settlement.holders()) {
            Account account = account(holder);
            account.places.remove(settlement.request());
            account.windows.forEach((kind, window) ->
                    window.correct(settlement.at(), kind.countsTokens() ? settlement.tokens() : settlement.requests()));
        }
    }

    void renew(Ask underWay, long now) {
        for (Limited holder : underWay.holders()) {
            if (holder.limits().parallel() > 0) {
                account(holder).places.put(underWay.request(), now + RateStore.LEASE_MILLIS);
            }
        }
    }

    Counted look(List<Limited> holders, long now) {
        List<Use> uses = new ArrayList<>(holders.size());
        for (Limited holder : holders) {
            Account account = account(holder);
            uses.add(Use.of(kind -> kind.of(holder.limits()) == 0 ? 0 : account.used(kind, now)));
        }
        return new Counted(now, uses);
    }

    private static long amount(RateKind kind, long tokens) {
        return kind.countsTokens() ? tokens : 1;
    }

    private Account account(Limited holder) {
        return accounts.computeIfAbsent(holder.name(), name -> new Account());
    }
}
