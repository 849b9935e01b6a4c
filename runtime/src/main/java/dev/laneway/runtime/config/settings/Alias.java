package dev.laneway.runtime.config.settings;

import dev.laneway.runtime.config.file.Place;
import java.util.Objects;

/** Another name for a group, of {@code model_group_alias}. */
public record Alias(String name, String target, boolean hidden, Place at) {
    public Alias {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(at, "at");
    }
}
