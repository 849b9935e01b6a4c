package dev.laneway.provider.claims;

import java.util.HashSet;
import java.util.Set;

/** The last ids that were added: at least as many as asked for, at most twice that. Not safe across threads. */
public final class RecentIds {
    private final int atLeast;
    private Set<String> young = new HashSet<>();
    private Set<String> old = Set.of();

    /** @param atLeast ids that are kept, at least 1 */
    public RecentIds(int atLeast) {
        if (atLeast < 1) {
            throw new IllegalArgumentException("atLeast is at least 1");
        }
        this.atLeast = atLeast;
    }

    public void add(String id) {
        if (young.size() >= atLeast) {
            old = young;
            young = new HashSet<>();
        }
        young.add(id);
    }

    public boolean contains(String id) {
        return young.contains(id) || old.contains(id);
    }
}
