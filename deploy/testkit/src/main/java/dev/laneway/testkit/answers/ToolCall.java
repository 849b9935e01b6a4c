package dev.laneway.testkit.answers;

/**
 * A call that the model makes.
 *
 * @param id without the vendor's prefix
 * @param name the tool's
 * @param arguments a JSON object
 */
public record ToolCall(String id, String name, String arguments) {
    /** What it costs: its name, its arguments, and three more. */
    public int tokens() {
        return Tokens.of(name) + Tokens.of(arguments) + Tokens.PER_MESSAGE;
    }
}
