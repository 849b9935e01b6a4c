package dev.laneway.runtime.config.file;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Numbers the lines of all files that a config is made of, as if each stood below the one before, so that a number tells the file too.
 * The first is the file that was named; the others are those that it includes. One thread.
 */
public final class Lines {
    /** All that YAML ever took for the end of a line: to count too many does no harm. */
    private static final String BREAKS = "\n\r\u0085\u2028\u2029";

    private final String first;
    /** A file's name by the number of the line before its first. */
    private final TreeMap<Integer, String> included = new TreeMap<>();

    private int total;

    /** @param first as the user named it */
    Lines(String first) {
        this.first = Objects.requireNonNull(first, "first");
    }

    /** Counts a file in; the number of the line before its first. */
    int add(String file, String text) {
        int before = total;
        if (before > 0) {
            included.put(before, file);
        }
        total += 1 + (int) text.chars().filter(c -> BREAKS.indexOf(c) >= 0).count();
        return before;
    }

    /** The file of a line, as a person would name it. */
    String file(int line) {
        Map.Entry<Integer, String> entry = included.lowerEntry(line);
        return entry == null ? first : entry.getValue();
    }

    /** Whether a line is one of an included file's. */
    boolean isIncluded(int line) {
        return included.lowerKey(line) != null;
    }

    /** The line's number in its own file; 0 stays 0. */
    int inFile(int line) {
        Integer before = included.lowerKey(line);
        return before == null ? line : line - before;
    }
}
