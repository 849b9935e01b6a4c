package dev.laneway.testkit.answers;

/**
 * The beginning of an answer that the caller wants gone on with.
 *
 * @param text empty where the answer is to begin at its start
 * @param own whether it was given as the beginning of the model's own turn; else the model was told to go on with its last message, and
 *     may repeat some of it
 */
public record Begun(String text, boolean own) {
    public static final Begun NOTHING = new Begun("", false);
}
