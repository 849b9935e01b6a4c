package dev.laneway.dialects.continuing;

import java.util.Arrays;

/**
 * Joins what a model says, that was to go on, to what was said before: leaves out what it repeats. Its first words are held back until
 * it is known how much of them is a repetition: the longest end of what was said that they begin with. An overlap that begins within
 * a word has to be long, for "test" goes on with "ting". Or the whole was said once more, from its start. One answer, one thread.
 */
final class Joint {
    /** How far back a repetition may begin; but for the whole. */
    static final int LONGEST_OVERLAP = 512;
    /** Of an overlap that begins within a word. */
    static final int LEAST_WITHIN_WORD = 16;
    /** Words of a script without spaces are shorter. */
    private static final int LEAST_IDEOGRAPHIC = 4;
    /** So much like the answer's start is no coincidence. */
    static final int LEAST_RESTART = 64;

    private final String said;
    private final StringBuilder held = new StringBuilder();
    private int[] alive;
    private int overlap;
    private boolean decided;
    private boolean restarted;

    /**
     * Before the model's first word.
     *
     * @param exact whether the model was given what was said as the beginning of its own turn, so that it repeats nothing but white
     *     space at the end, which such a beginning must not have
     */
    Joint(String said, boolean exact) {
        this.said = said;
        var space = 0;
        while (space < said.length() && Character.isWhitespace(said.charAt(said.length() - 1 - space))) {
            space++;
        }
        var longest = Math.min(exact ? space : LONGEST_OVERLAP, said.length());
        var candidates = new int[longest + 1];
        var count = 0;
        for (var length = 1; length <= longest; length++) {
            if (length <= space || mayBegin(length)) {
                candidates[count++] = length;
            }
        }
        if (said.length() > longest && said.length() >= LEAST_RESTART) {
            candidates[count++] = said.length();
        }
        alive = Arrays.copyOf(candidates, count);
    }

    /** Whether an overlap of that length would begin where one can. */
    private boolean mayBegin(int length) {
        var at = said.length() - length;
        var first = said.codePointAt(at);
        if (Character.isLowSurrogate(said.charAt(at))) {
            return false;
        }
        var withinWord =
                at > 0 && Character.isLetterOrDigit(said.codePointBefore(at)) && Character.isLetterOrDigit(first);
        return !withinWord || length >= (Character.isIdeographic(first) ? LEAST_IDEOGRAPHIC : LEAST_WITHIN_WORD);
    }

    /** Takes the next words. @return what is new of all that was held back and of these; empty while that isn't known */
    String add(String words) {
        if (decided) {
            return words;
        }
        var before = held.length();
        held.append(words);
        var left = 0;
        for (var length : alive) {
            var from = said.length() - length;
            var known = Math.min(length, held.length());
            var same = before;
            while (same < known && said.charAt(from + same) == held.charAt(same)) {
                same++;
            }
            if (same == known && known == length) {
                overlap = Math.max(overlap, length);
            } else if (same == known) {
                alive[left++] = length;
            } else {
                restarted |= length == said.length() && same >= LEAST_RESTART;
            }
        }
        alive = Arrays.copyOf(alive, left);
        return left > 0 ? "" : decide();
    }

    /** Nothing more comes. @return what is new of what was held back */
    String end() {
        if (decided) {
            return "";
        }
        for (var length : alive) {
            restarted |= length == said.length() && held.length() >= LEAST_RESTART;
        }
        return decide();
    }

    private String decide() {
        decided = true;
        if (overlap > 0) {
            restarted = false; // it is explained by the shorter repetition
        }
        var words = restarted ? "" : held.substring(overlap);
        held.setLength(0);
        return words;
    }

    /** Whether the model began the answer all over, and another way: nothing of it fits. */
    boolean restarted() {
        return restarted;
    }
}
