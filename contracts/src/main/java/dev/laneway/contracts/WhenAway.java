package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What becomes of a holder's calls while the memory that counts them is away. */
public enum WhenAway {
    /** They pass, uncounted for then. */
    OPEN,
    /** They get 503. */
    CLOSED;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static WhenAway of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
