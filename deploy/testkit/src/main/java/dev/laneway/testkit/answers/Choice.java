package dev.laneway.testkit.answers;

import java.util.List;

/**
 * One answer.
 *
 * @param reasoning what was thought before, in tokens
 * @param text what is said, in tokens
 * @param calls tools called after it
 * @param ending why it ends
 */
public record Choice(List<String> reasoning, List<String> text, List<ToolCall> calls, Ending ending) {
    public Choice {
        calls = List.copyOf(calls);
    }

    /** Everything said. */
    public String wholeText() {
        return String.join("", text);
    }

    /** Everything thought. */
    public String wholeReasoning() {
        return String.join("", reasoning);
    }

    /** What it costs. */
    public int tokens() {
        return reasoning.size()
                + text.size()
                + calls.stream().mapToInt(ToolCall::tokens).sum();
    }
}
