package dev.laneway.standalone.faults;

/**
 * What a client made of an answer.
 *
 * @param text all that the model said
 * @param refused whether it said so that it would not answer
 * @param finish why it ended, as the format says it; empty where it doesn't
 * @param error an error within the answer, in the format's words; empty where there is none
 * @param ended whether the answer said that it is whole
 */
public record Heard(String text, boolean refused, String finish, String error, boolean ended) {
    /** What is heard piece by piece. */
    static final class Ear {
        final StringBuilder text = new StringBuilder();
        boolean refused;
        String finish = "";
        String error = "";
        boolean ended;

        Heard heard() {
            return new Heard(text.toString(), refused, finish, error, ended);
        }
    }
}
