package dev.laneway.runtime.config.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses which of the known names was meant. */
public final class Spelling {
    private Spelling() {}

    /** The known name that is nearest to what was written; null when none is near enough to be worth saying. */
    public static @Nullable String nearest(String written, Collection<String> known) {
        int far = Math.max(1, Math.min(3, written.length() / 3));
        return known.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= far && distance(written, name) <= far)
                .min(Comparator.<String>comparingInt(name -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    /** A fix that begins with the guess, where there is one. */
    public static String didYouMean(String written, Collection<String> known, String otherwise) {
        String guess = nearest(written, known);
        return guess == null ? otherwise : "did you mean " + guess + "?";
    }

    /** Letters to add, drop, change or swap, without regard to case and to hyphens for underscores. */
    static int distance(String one, String other) {
        String a = plain(one);
        String b = plain(other);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        int changed = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(changed, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
