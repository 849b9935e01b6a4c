package dev.laneway.dialects.neutral;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One turn. A {@code TOOL} message holds tool results only, one or more. */
public record Message(Role role, List<Part> parts, @Nullable String name, Extras extras) {

    public enum Role {
        SYSTEM,
        DEVELOPER,
        USER,
        ASSISTANT,
        TOOL
    }

    public Message {
        parts = List.copyOf(parts);
    }

    public Message(Role role, List<Part> parts) {
        this(role, parts, null, Extras.NONE);
    }
}
