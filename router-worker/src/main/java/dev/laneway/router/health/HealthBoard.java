package dev.laneway.router.health;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.rate.ExpectedTokens;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What workers said of deployments lately. The last to observe is believed. A pause concerns an account, and only its end or a later
 * word on the pause lifts it: a call that began before it may well succeed. That a deployment is out of service concerns the zone whose
 * worker says so: the workers of another zone have credentials of their own, or none of that deployment on purpose. It counts as serving
 * again some time after the last word, so that one attempt finds out. All else that is seen of a vendor is so for everybody. Holds a bounded number of entries; the oldest goes first. Not
 * safe across threads.
 */
public final class HealthBoard implements Standings {
    static final int MAX_ENTRIES = 10_000;
    /** How long a word that names no end holds. */
    static final long HOLDS_MILLIS = 600_000;

    private final Zone zone;
    private final Map<String, Health> troubles = new LinkedHashMap<>();
    /** Words of this zone's workers only. */
    private final Map<String, Health> credentials = new LinkedHashMap<>();

    private final Map<String, Health> pauses = new LinkedHashMap<>();
    private final Loads loads = new Loads();

    /** @param zone whose work is planned by it */
    public HealthBoard(Zone zone) {
        this.zone = zone;
    }

    /** Notes what a worker saw. */
    public void take(Health health) {
        switch (health.state()) {
            case PAUSED -> put(pauses, health.account(), health);
            case MEASURED -> loads.take(health);
            case SERVING, COOLING -> {
                put(troubles, health.deployment(), health);
                ofCredentials(health);
            }
            case OUT_OF_SERVICE -> ofCredentials(health);
        }
    }

    private void ofCredentials(Health health) {
        if (health.zone() == null || health.zone() == zone) {
            put(credentials, health.deployment(), health);
        }
    }

    @Override
    public Standing of(Deployment deployment, long now) {
        Standing signedIn = standing(credentials.get(deployment.id()), now);
        if (signedIn.state() == Health.State.OUT_OF_SERVICE) {
            return signedIn;
        }
        Standing own = standing(troubles.get(deployment.id()), now);
        Standing account = standing(pauses.get(deployment.account()), now);
        return account.until() > own.until() ? account : own;
    }

    @Override
    public boolean isPaused(Deployment deployment, long now) {
        return standing(pauses.get(deployment.account()), now).state() == Health.State.PAUSED;
    }

    @Override
    public int calls(String deployment, long now) {
        return loads.calls(deployment, now);
    }

    @Override
    public long firstTokenMillis(String deployment, long now) {
        return loads.firstTokenMillis(deployment, now);
    }

    @Override
    public Loads.Used used(String deployment, long now) {
        return loads.used(deployment, now);
    }

    @Override
    public void sent(Attempt attempt) {
        loads.sent(attempt.deployment(), ExpectedTokens.of(attempt.request()));
    }

    @Override
    public void unsent(Attempt attempt) {
        loads.unsent(attempt.deployment(), ExpectedTokens.of(attempt.request()));
    }

    private static Standing standing(@Nullable Health health, long now) {
        if (health == null || health.state() == Health.State.SERVING) {
            return Standing.SERVING;
        }
        long until = health.untilMillis() > 0 ? health.untilMillis() : health.observedAt() + HOLDS_MILLIS;
        return until > now ? new Standing(health.state(), until) : Standing.SERVING;
    }

    private static void put(Map<String, Health> board, String key, Health health) {
        Health before = board.get(key);
        if (before != null && before.observedAt() > health.observedAt()) {
            return;
        }
        board.remove(key);
        board.put(key, health);
        if (board.size() > MAX_ENTRIES) {
            board.remove(board.keySet().iterator().next());
        }
    }
}
