package dev.laneway.testkit.answers;

import java.util.List;

/**
 * The prompt, as far as the answer depends on it.
 *
 * @param lastUserText the text of the last user message
 * @param toolResults the texts of the tool results that the request ends with; empty when it ends otherwise
 * @param tokens by {@link Tokens}, images included
 * @param images how many
 * @param marks places up to which it can be cached, in order
 * @param caching how this vendor caches
 * @param begun what the answer is to go on with
 */
public record Prompt(
        String lastUserText,
        List<String> toolResults,
        int tokens,
        int images,
        List<CacheMark> marks,
        Caching caching,
        Begun begun) {
    public Prompt {
        toolResults = List.copyOf(toolResults);
        marks = List.copyOf(marks);
    }

    /** A prompt whose answer begins at its start. */
    public Prompt(
            String lastUserText,
            List<String> toolResults,
            int tokens,
            int images,
            List<CacheMark> marks,
            Caching caching) {
        this(lastUserText, toolResults, tokens, images, marks, caching, Begun.NOTHING);
    }
}
