package dev.laneway.router.health;

import dev.laneway.contracts.Health;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How deployments fare: what each worker told of late, and what this router sent them since. Two routers don't know of each other what they
 * sent within a worker's two seconds. Holds a bounded number of deployments; the oldest goes first. Not safe across threads.
 */
public final class Loads {
    static final int MAX_ENTRIES = 10_000;
    /** A worker says again what runs: one that is silent for so long runs nothing, or is dead. */
    public static final long CALLS_HOLD_MILLIS = 10_000;
    /** After so long without a call, how fast it was says nothing any more. */
    public static final long LATENCY_HOLDS_MILLIS = 600_000;

    private final Map<String, Map<String, Told>> told = new LinkedHashMap<>();
    private final Map<String, Used> sent = new HashMap<>();

    private record Told(Health.Load load, long at) {}

    /** What calls used in a minute, or may use. */
    public record Used(long requests, long tokens) {
        static final Used NOTHING = new Used(0, 0);

        Used plus(long moreRequests, long moreTokens) {
            return new Used(Math.max(0, requests + moreRequests), Math.max(0, tokens + moreTokens));
        }
    }

    /** Notes what a worker measured. */
    void take(Health health) {
        Health.Load load = health.load();
        if (load == null) {
            return;
        }
        Map<String, Told> workers = told.remove(health.deployment());
        workers = workers == null ? new HashMap<>() : workers;
        workers.values().removeIf(old -> old.at() + LATENCY_HOLDS_MILLIS < health.observedAt());
        workers.put(load.worker(), new Told(load, health.observedAt()));
        told.put(health.deployment(), workers);
        sent.remove(health.deployment());
        if (told.size() > MAX_ENTRIES) {
            told.remove(told.keySet().iterator().next());
        }
    }

    /** Notes that an attempt is on its way to a deployment, and how many tokens it may use. */
    void sent(String deployment, long tokens) {
        if (sent.size() >= MAX_ENTRIES) {
            sent.clear();
        }
        sent.put(deployment, sent.getOrDefault(deployment, Used.NOTHING).plus(1, tokens));
    }

    /** Notes that such an attempt was not published after all. */
    void unsent(String deployment, long tokens) {
        sent.computeIfPresent(deployment, (id, before) -> before.plus(-1, -tokens));
    }

    /** What calls used in the last minute, by what workers told, and what those that are on their way may use. */
    Used used(String deployment, long now) {
        Used used = sent.getOrDefault(deployment, Used.NOTHING);
        for (Told each : told.getOrDefault(deployment, Map.of()).values()) {
            if (now - each.at() <= CALLS_HOLD_MILLIS) {
                used = used.plus(
                        each.load().requests() + each.load().calls(),
                        each.load().tokens());
            }
        }
        return used;
    }

    /** Calls that are under way, or will be in a moment. */
    int calls(String deployment, long now) {
        int calls = (int) sent.getOrDefault(deployment, Used.NOTHING).requests();
        for (Told each : told.getOrDefault(deployment, Map.of()).values()) {
            calls += now - each.at() <= CALLS_HOLD_MILLIS ? each.load().calls() : 0;
        }
        return calls;
    }

    /** How long calls waited for a first token of late, a mean over the workers; 0 where nobody knows. */
    long firstTokenMillis(String deployment, long now) {
        long sum = 0;
        int count = 0;
        for (Told each : told.getOrDefault(deployment, Map.of()).values()) {
            if (each.load().firstTokenMillis() > 0 && now - each.at() <= LATENCY_HOLDS_MILLIS) {
                sum += each.load().firstTokenMillis();
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}
