package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a limit or a budget is about. */
public enum Scope {
    /** Everything; its one id is {@link #ALL}. */
    GLOBAL,
    KEY,
    TEAM,
    USER,
    /** A user in a team; its id is {@link #member}. */
    MEMBER,
    TAG,
    /** A {@code model_name}. */
    MODEL,
    PROVIDER,
    DEPLOYMENT;

    /** The id of the one holder of scope {@link #GLOBAL}. */
    public static final String ALL = "all";

    /** Between a team and a user: no id of either has one. */
    public static final char IN_TEAM = '/';

    /** The id of a user in a team: {@code TEAM/USER}. */
    public static String member(String team, String user) {
        return team + IN_TEAM + user;
    }

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Scope of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
