package dev.laneway.runtime.rate;

import dev.laneway.runtime.rate.RateStore.Ask;
import dev.laneway.runtime.rate.RateStore.Counted;
import dev.laneway.runtime.rate.RateStore.Once;
import dev.laneway.runtime.rate.RateStore.Settlement;
import dev.laneway.runtime.rate.RateStore.Use;
import dev.laneway.runtime.rate.RateStore.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is counted of all holders, as a state that times and questions are put to. One thread. */
final class RateTally {
    private final Map<String, Account> accounts = new HashMap<>();
    /** What is counted once, by request. */
    private final Map<String, Kept> kept = new HashMap<>();

    /** @param end when it is forgotten */
    private record Kept(long at, String plan, boolean settled, long end) {}

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
        Once once = ask.once();
        if (once == null) {
            return count(ask, now, RateStore.LEASE_MILLIS);
        }
        kept.values().removeIf(old -> old.end() <= now);
        Kept before = kept.get(ask.request());
        if (before != null) {
            return again(ask, before, !before.settled() && before.plan().equals(once.plan()), now);
        }
        Verdict verdict = count(ask, now, RateStore.FIRST_LEASE_MILLIS);
        if (verdict instanceof RateStore.Passed passed) {
            kept.put(ask.request(), new Kept(now, once.plan(), false, now + keptMillis(ask.holders(), once, now)));
            return new RateStore.Passed(passed.counted(), now, once.plan());
        }
        return verdict;
    }

    private static long keptMillis(List<Limited> holders, Once once, long now) {
        boolean isLong = holders.stream()
                .map(Limited::limits)
                .anyMatch(
                        limits -> limits.requestsPerHour() > 0 || limits.tokensPerHour() > 0 || limits.parallel() > 0);
        return Math.min(Math.max(0, once.deadline() - now) + 120_000, 62 * (isLong ? 60_000L : 1_000L));
    }

    /**
     * It counts already; only a place that was lost meanwhile is to be found anew.
     *
     * @param holds whether it has places at the holders of the question
     */
    private Verdict again(Ask ask, Kept before, boolean holds, long now) {
        for (Limited holder : ask.holders()) {
            Account account = account(holder);
            int limit = holder.limits().parallel();
            boolean lost = limit > 0
                    && holds
                    && account.used(RateKind.PARALLEL, now) >= limit
                    && !account.places.containsKey(ask.request());
            if (lost) {
                return new RateStore.Refused(holder, RateKind.PARALLEL, 0, look(ask.holders(), now));
            }
        }
        if (holds) {
            ask.holders().forEach(holder -> place(holder, ask.request(), now + RateStore.FIRST_LEASE_MILLIS));
        }
        return new RateStore.Passed(look(ask.holders(), now), before.at(), before.plan());
    }

    private void place(Limited holder, String request, long end) {
        if (holder.limits().parallel() > 0) {
            account(holder).places.put(request, end);
        }
    }

    private Verdict count(Ask ask, long now, long lease) {
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
                    account.places.put(ask.request(), now + lease);
                } else {
                    account.window(kind).add(now, amount(kind, ask.tokens()));
                }
            }
        }
        return new RateStore.Passed(look(ask.holders(), now));
    }

    void settle(Settlement settlement) {
        Kept before = settlement.once() ? kept.get(settlement.request()) : null;
        boolean counts = !settlement.once() || (before != null && !before.settled());
        if (before != null && counts && settlement.requests() < 0) {
            kept.remove(settlement.request());
        } else if (before != null) {
            kept.put(settlement.request(), new Kept(before.at(), before.plan(), true, before.end()));
        }
        for (Limited holder : settlement.holders()) {
            Account account = account(holder);
            account.places.remove(settlement.request());
            if (counts) {
                account.windows.forEach((kind, window) -> window.correct(
                        settlement.at(), kind.countsTokens() ? settlement.tokens() : settlement.requests()));
            }
        }
    }

    void renew(Ask underWay, long now) {
        Kept before = kept.get(underWay.request());
        if (underWay.once() == null || (before != null && !before.settled())) {
            underWay.holders().forEach(holder -> place(holder, underWay.request(), now + RateStore.LEASE_MILLIS));
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
