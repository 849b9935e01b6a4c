package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a key or a user may do beside calling models. */
public enum Role {
    /** Everything. */
    ADMIN,
    /** Sees and changes what is its team's. */
    TEAM_ADMIN,
    /** Sees what is its own. */
    MEMBER,
    /** Sees what is its own, and calls no model. */
    READ_ONLY;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Role of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
