package dev.laneway.testkit.answers;

import java.util.List;

/**
 * The tools of a request.
 *
 * @param offered in the order declared
 * @param choice whether one must be called
 * @param parallel whether several may be called at once
 * @param preface what this vendor's models say before they call a tool of their own accord; may be empty
 */
public record Tooling(List<Tool> offered, ToolChoice choice, boolean parallel, String preface) {
    /** No tools. */
    public static final Tooling NONE = new Tooling(List.of(), new ToolChoice.Auto(), true, "");

    public Tooling {
        offered = List.copyOf(offered);
    }
}
