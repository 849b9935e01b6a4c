package dev.laneway.runtime.config.settings;

import dev.laneway.runtime.config.HopOrigin;
import dev.laneway.runtime.config.file.Place;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One arrow of LiteLLM's fallbacks: after a failure of one group, another.
 *
 * @param from the group; null for every group that has no arrow of its own
 * @param to the group to try
 * @param at where it stands, for messages
 * @param named it stands in {@code fallback_routes}, where a first name that no model has is a route of its own
 */
public record Fallback(@Nullable String from, String to, HopOrigin origin, Place at, boolean named) {
    public Fallback {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(at, "at");
    }
}
