package dev.laneway.runtime.config.file;

import java.util.Objects;

/** A scalar with its references to variables replaced, and where it stands. */
public record Text(String value, Place place) {
    public Text {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(place, "place");
    }
}
