package dev.laneway.testkit.answers;

import java.util.ArrayList;
import java.util.List;

/**
 * The simulator's count of tokens: four UTF-16 characters are a token, rounded up per text; three more for each
 * message, three for the request; 256 for an image. No vendor counts so, but every vendor's count is checked against
 * the sum of these.
 */
public final class Tokens {
    /** What a message costs beside its text. */
    public static final int PER_MESSAGE = 3;
    /** What a request costs beside its messages. */
    public static final int PER_REQUEST = 3;
    /** What an image costs, whatever its size. */
    public static final int PER_IMAGE = 256;

    private static final int CHARACTERS = 4;

    private Tokens() {}

    public static int of(CharSequence text) {
        return (text.length() + CHARACTERS - 1) / CHARACTERS;
    }

    /** A text cut into its tokens; a surrogate pair stays whole. */
    public static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>(of(text));
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(from + CHARACTERS, text.length());
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to++;
            }
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
