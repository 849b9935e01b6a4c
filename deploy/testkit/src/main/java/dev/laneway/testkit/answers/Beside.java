package dev.laneway.testkit.answers;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a call uses that vendors bill beside tokens of text, or at another price.
 *
 * @param searches of the web, made by the vendor
 * @param soundIn of the prompt's tokens, sound
 * @param soundOut of the generated tokens, sound; of a request, as many as there are at most
 * @param tier in which it is served
 */
public record Beside(int searches, int soundIn, int soundOut, Tier tier) {
    /** Nothing of it. */
    public static final Beside NOTHING = new Beside(0, 0, 0, Tier.DEFAULT);

    /** Tokens of sound that the simulator makes of a recording, and says. */
    public static final int SOUND_TOKENS = 8;

    private static final Pattern SEARCH = Pattern.compile("search: (\\d{1,3})");

    /** How soon a call is served. */
    public enum Tier {
        DEFAULT,
        FLEX,
        PRIORITY;

        /** Of what a request asks for; the default one where that is no tier. */
        public static Tier of(String word) {
            return switch (word) {
                case "flex" -> FLEX;
                case "priority" -> PRIORITY;
                default -> DEFAULT;
            };
        }

        /** As OpenAI spells it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How often the model searches, where it may: {@code search: N} in the last user message.
     *
     * @param most 0 where nothing limits it
     */
    public static int searches(Prompt prompt, int most) {
        Matcher asked = SEARCH.matcher(prompt.lastUserText());
        int times = asked.find() ? Integer.parseInt(asked.group(1)) : 0;
        return most == 0 ? times : Math.min(times, most);
    }

    /** Of an answer of so many tokens to a prompt of so many. */
    Beside used(int promptTokens, int answerTokens) {
        return new Beside(searches, Math.min(soundIn, promptTokens), Math.min(soundOut, answerTokens), tier);
    }
}
