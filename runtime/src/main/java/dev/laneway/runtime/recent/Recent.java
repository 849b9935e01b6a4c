package dev.laneway.runtime.recent;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory: where one more comes than it has room for, that is forgotten which nobody asked for longest. One thread.
 *
 * @param <K> by what it is remembered
 * @param <V> what is
 */
public final class Recent<K, V> {
    private final Map<K, V> latest;

    /** @param most are remembered, at least 1 */
    public Recent(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most is at least 1");
        }
        latest = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** Null where it is not known, or forgotten. */
    public @Nullable V get(K key) {
        return latest.get(key);
    }

    /** Remembers it in place of what was known of that. */
    public void put(K key, V value) {
        latest.put(key, value);
    }
}
