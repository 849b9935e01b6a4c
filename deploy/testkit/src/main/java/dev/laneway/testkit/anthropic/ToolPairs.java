package dev.laneway.testkit.anthropic;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Checks that every tool call is answered in the turn after it, before anything else is said there, and that nothing
 * else is answered. Several messages of one role after another are one turn. For one request.
 */
final class ToolPairs {
    private static final String ID = "[a-zA-Z0-9_-]+";

    private final AnthropicChecks checks;
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> answered = new LinkedHashSet<>();
    private String turn = "";
    private String calledAt = "";

    ToolPairs(AnthropicChecks checks) {
        this.checks = checks;
    }

    /** A message begins. One of the system belongs to no turn. */
    void message(String role) {
        if (role.equals("system") || role.equals(turn)) {
            return;
        }
        if (turn.equals("user")) {
            nothingOpen();
        }
        turn = role;
        answered.clear();
    }

    /** The user says something that is no result. */
    void said() {
        if (turn.equals("user")) {
            nothingOpen();
        }
    }

    void call(String id, String messageAt, String at) {
        checks.require(id.matches(ID), at + ".tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'");
        checks.require(open.add(id), "messages: `tool_use` ids must be unique");
        calledAt = messageAt;
    }

    void result(String id, String at) {
        checks.require(
                !answered.contains(id),
                at + ": each tool_use must have a single result. Found multiple `tool_result` blocks with id: " + id);
        checks.require(
                open.remove(id),
                at + ": unexpected `tool_use_id` found in `tool_result` blocks: " + id
                        + ". Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");
        answered.add(id);
    }

    /** The messages are over. */
    void end() {
        nothingOpen();
    }

    private void nothingOpen() {
        checks.require(
                open.isEmpty(),
                calledAt + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
                        + String.join(", ", open)
                        + ". Each `tool_use` block must have a corresponding `tool_result` block in the next message.");
    }
}
