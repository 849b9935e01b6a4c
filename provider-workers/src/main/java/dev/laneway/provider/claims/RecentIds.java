package dev.laneway.provider.claims;

import java.util.Arrays;

/**
 * The last ids that were added: at least as many as asked for, at most twice that. Keeps a 64-bit hash of each in tables that are made
 * once, so that it costs no garbage; two ids of a million are taken for one another with a chance of one in ten million millions. Not
 * safe across threads.
 */
public final class RecentIds {
    private final int atLeast;
    private Table young;
    private Table old;

    /** @param atLeast ids that are kept, at least 1 */
    public RecentIds(int atLeast) {
        if (atLeast < 1) {
            throw new IllegalArgumentException("atLeast is at least 1");
        }
        this.atLeast = atLeast;
        young = new Table(atLeast);
        old = new Table(atLeast);
    }

    public void add(String id) {
        if (young.size >= atLeast) {
            Table emptied = old;
            old = young;
            young = emptied;
            young.clear();
        }
        young.add(hash(id));
    }

    public boolean contains(String id) {
        long hash = hash(id);
        return young.contains(hash) || old.contains(hash);
    }

    /** FNV-1a over the characters, and a finalizer so that neighbours spread; never 0, which means empty. */
    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }

    /** Open addressing, at most half full. */
    private static final class Table {
        private final long[] slots;
        private int size;

        Table(int capacity) {
            slots = new long[Integer.highestOneBit(capacity) * 4];
        }

        void add(long hash) {
            int at = place(hash);
            if (slots[at] == 0) {
                slots[at] = hash;
                size++;
            }
        }

        boolean contains(long hash) {
            return slots[place(hash)] != 0;
        }

        void clear() {
            Arrays.fill(slots, 0);
            size = 0;
        }

        private int place(long hash) {
            int mask = slots.length - 1;
            int at = (int) hash & mask;
            while (slots[at] != 0 && slots[at] != hash) {
                at = (at + 1) & mask;
            }
            return at;
        }
    }
}
