package dev.laneway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.runtime.config.ConfigDiff.Change;
import java.util.ArrayList;
import java.util.List;

/** What was put into a list and taken out of it, so that a hop that is inserted doesn't look like a change of all that follow. */
final class ListDiff {
    /** Above this many pairs, a list that is changed in its middle is told as that middle gone and another one there. */
    private static final long MOST_PAIRS = 1_000_000;

    private ListDiff() {}

    static List<Change> of(String path, JsonNode before, JsonNode after) {
        int start = 0;
        while (start < Math.min(before.size(), after.size())
                && before.get(start).equals(after.get(start))) {
            start++;
        }
        int endBefore = before.size();
        int endAfter = after.size();
        while (endBefore > start
                && endAfter > start
                && before.get(endBefore - 1).equals(after.get(endAfter - 1))) {
            endBefore--;
            endAfter--;
        }
        int[][] common = common(before, after, start, endBefore, endAfter);
        List<Change> changes = new ArrayList<>();
        int i = start;
        int j = start;
        while (i < endBefore || j < endAfter) {
            if (i < endBefore
                    && j < endAfter
                    && common.length > 0
                    && before.get(i).equals(after.get(j))) {
                i++;
                j++;
            } else if (j == endAfter || (i < endBefore && goesFirst(common, i - start, j - start))) {
                changes.add(new Change.Removed(path + "[" + i + "]", before.get(i)));
                i++;
            } else {
                changes.add(new Change.Added(path + "[" + j + "]", after.get(j)));
                j++;
            }
        }
        return changes;
    }

    private static boolean goesFirst(int[][] common, int i, int j) {
        return common.length == 0 || common[i + 1][j] >= common[i][j + 1];
    }

    /** How long the longest common rest is from each pair on; empty where there are too many pairs. */
    private static int[][] common(JsonNode before, JsonNode after, int start, int endBefore, int endAfter) {
        int rows = endBefore - start;
        int columns = endAfter - start;
        if ((long) rows * columns > MOST_PAIRS) {
            return new int[0][];
        }
        int[][] longest = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                longest[i][j] = before.get(start + i).equals(after.get(start + j))
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        return longest;
    }
}
