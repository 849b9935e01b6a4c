package dev.laneway.dialects.neutral;

import java.util.List;

/** How the model may use tools. */
public sealed interface ToolChoice {

    record Auto() implements ToolChoice {}

    record None() implements ToolChoice {}

    /** At least one tool, whichever. */
    record Required() implements ToolChoice {}

    record Named(String name) implements ToolChoice {}

    /** Only these of the tools on offer. */
    record Allowed(List<String> names, boolean required) implements ToolChoice {
        public Allowed {
            names = List.copyOf(names);
        }
    }
}
