package dev.laneway.testkit.answers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers which prompts a key has sent to a model, as vendors do to bill repeated prefixes less. Holds the 50,000
 * prefixes used last; older ones are forgotten, as a vendor forgets. Safe for any thread.
 */
public final class PromptCache {
    private static final int CAPACITY = 50_000;

    private final Map<Long, Integer> seen = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > CAPACITY;
        }
    };

    /**
     * How much of a prompt was seen before; from now on all of it was.
     *
     * @param owner bits of key and model: what one sent the other doesn't find
     * @return the tokens up to the last mark seen before, and up to the last mark of all
     */
    public synchronized Hit visit(long owner, List<CacheMark> marks) {
        int known = 0;
        int all = 0;
        for (CacheMark mark : marks) {
            long key = Mix.of(owner, mark.hash());
            known = seen.get(key) == null ? known : Math.max(known, mark.tokens());
            all = Math.max(all, mark.tokens());
            seen.put(key, mark.tokens());
        }
        return new Hit(known, all);
    }

    public synchronized void clear() {
        seen.clear();
    }

    /**
     * What the cache knew.
     *
     * @param known tokens read from it
     * @param all tokens it holds now
     */
    public record Hit(int known, int all) {}
}
