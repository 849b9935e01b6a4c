package dev.laneway.router.handling;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Requests whose clients went away lately. A cancel may come before the request itself, which is on another topic, so ids are kept for
 * as long as a request may live; at most {@link #MAX_ENTRIES}, the oldest goes first. Not safe across threads.
 */
public final class Cancellations {
    static final int MAX_ENTRIES = 100_000;

    private final long keptMillis;
    private final Map<String, Long> ids = new LinkedHashMap<>();

    public Cancellations(long keptMillis) {
        this.keptMillis = keptMillis;
    }

    void add(String requestId, long now) {
        ids.remove(requestId);
        ids.put(requestId, now);
        Iterator<Long> oldest = ids.values().iterator();
        while (oldest.hasNext() && (oldest.next() < now - keptMillis || ids.size() > MAX_ENTRIES)) {
            oldest.remove();
        }
    }

    boolean contains(String requestId) {
        return ids.containsKey(requestId);
    }
}
