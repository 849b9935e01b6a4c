package dev.laneway.provider.health;

import dev.laneway.contracts.Health;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.rate.SlidingCount;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts calls under way by deployment, how long they wait for a first token, and what those of the last minute used, and tells the routers
 * every two seconds what is new in that, and again while calls run. One context.
 */
public final class LoadReports {
    static final long EVERY_MILLIS = 2_000;
    /** A call that failed before a token counts as one that waited so long. */
    static final long FAILED_AS_MILLIS = 10_000;

    private static final int MOST = 10_000;
    /** Sixty of them are a minute. */
    private static final long PART_MILLIS = 1_000;
    /** The weight of the newest call in the mean: about the last ten of them make it up. */
    private static final long NEWEST = 5;

    private final String worker;
    private final Consumer<Health> publish;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private long reportedAt;

    private static final class Tally {
        final String account;
        int calls;
        long meanMillis;
        boolean news;
        /** Requests of the last minute, as they were told. */
        long told;

        final SlidingCount requests = new SlidingCount(PART_MILLIS);
        final SlidingCount tokens = new SlidingCount(PART_MILLIS);

        Tally(String account) {
            this.account = account;
        }
    }

    /**
     * None yet.
     *
     * @param worker names this one among all
     * @param publish takes what routers should know; must not wait
     */
    public LoadReports(String worker, Consumer<Health> publish) {
        this.worker = worker;
        this.publish = publish;
    }

    /** A call begins. */
    public void began(Deployment deployment) {
        tally(deployment).calls++;
    }

    /** A call that began is over. */
    public void over(Deployment deployment) {
        Tally tally = tally(deployment);
        tally.calls = Math.max(0, tally.calls - 1);
    }

    /** A first token came, or a whole answer. */
    public void answered(Deployment deployment, long afterMillis) {
        Tally tally = tally(deployment);
        long waited = Math.max(1, afterMillis);
        tally.meanMillis =
                tally.meanMillis == 0 ? waited : Math.max(1, tally.meanMillis + (waited - tally.meanMillis) / NEWEST);
    }

    /** A call failed before a token came, by the deployment's fault. */
    public void failed(Deployment deployment) {
        answered(deployment, FAILED_AS_MILLIS);
    }

    /** A call is over that used so many tokens. */
    public void used(Deployment deployment, long tokens, long now) {
        Tally tally = tally(deployment);
        tally.requests.add(now, 1);
        tally.tokens.add(now, tokens);
    }

    /** Tells, if it is time. To be called now and then. */
    public void report(long now) {
        if (now - reportedAt < EVERY_MILLIS) {
            return;
        }
        reportedAt = now;
        tallies.forEach((deployment, tally) -> {
            long requests = tally.requests.sum(now);
            if (tally.news || tally.calls > 0 || requests > 0 || tally.told > 0) {
                tally.news = false;
                tally.told = requests;
                Health.Load load =
                        new Health.Load(worker, tally.calls, tally.meanMillis, requests, tally.tokens.sum(now));
                publish.accept(new Health(deployment, tally.account, now, load));
            }
        });
    }

    private Tally tally(Deployment deployment) {
        Tally tally = tallies.computeIfAbsent(deployment.id(), id -> new Tally(deployment.account()));
        tally.news = true;
        if (tallies.size() > MOST) {
            tallies.remove(tallies.keySet().iterator().next());
        }
        return tally;
    }
}
