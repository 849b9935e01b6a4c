package dev.laneway.testkit.answers;

import dev.laneway.testkit.models.ModelName;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a caller asked, in no vendor's words.
 *
 * @param model the model, its name read
 * @param stream whether the answer is to be streamed
 * @param prompt what it is about
 * @param tooling the tools
 * @param shape the form of the answer
 * @param bounds how long it may be and where it must stop
 * @param reasoning tokens to spend on reasoning, 0 for none
 * @param choices how many answers, at least 1
 * @param beside what has another price than text
 */
public record Ask(
        ModelName model,
        boolean stream,
        Prompt prompt,
        Tooling tooling,
        OutputShape shape,
        Bounds bounds,
        int reasoning,
        int choices,
        Beside beside) {

    /** One of nothing but text. */
    public Ask(
            ModelName model,
            boolean stream,
            Prompt prompt,
            Tooling tooling,
            OutputShape shape,
            Bounds bounds,
            int reasoning,
            int choices) {
        this(model, stream, prompt, tooling, shape, bounds, reasoning, choices, Beside.NOTHING);
    }

    /** The same, with that. */
    public Ask with(Beside other) {
        return new Ask(model, stream, prompt, tooling, shape, bounds, reasoning, choices, other);
    }

    /**
     * The bounds of an answer.
     *
     * @param maxTokens most tokens, reasoning included
     * @param stops texts before which it ends
     * @param seed the caller's seed, 0 when it gave none
     */
    public record Bounds(OptionalInt maxTokens, List<String> stops, long seed) {
        public Bounds {
            stops = List.copyOf(stops);
        }
    }
}
