package dev.laneway.standalone.prove;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Of the network's border. */
public enum Side {
    INSIDE,
    OUTSIDE;

    /** The word used in JSON and text. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
