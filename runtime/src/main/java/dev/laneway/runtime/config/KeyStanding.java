package dev.laneway.runtime.config;

import com.fasterxml.jackson.annotation.JsonValue;

/** What becomes of a key that a file has; later ones matter more to whoever reads the list. */
public enum KeyStanding {
    /** Acted on as its writer expects. */
    IN_FORCE("in_force", "in force"),
    /** Acted on in another way, which the note tells. */
    DIFFERENTLY("differently", "in force differently"),
    /** Nobody knows it, and nothing is done with it. */
    UNKNOWN("unknown", "unknown"),
    /** Not acted on; the note tells what to do. */
    NOT_SUPPORTED("not_supported", "not supported"),
    /** A limit, a budget, an allowlist or a way to sign in that isn't enforced: the file is refused unless that is accepted. */
    NOT_ENFORCED("not_enforced", "not enforced"),
    /** Wrong as it is written: the file is refused. */
    REFUSED("refused", "refused");

    private final String id;
    private final String words;

    KeyStanding(String id, String words) {
        this.id = id;
        this.words = words;
    }

    /** The word used in JSON. */
    @JsonValue
    public String id() {
        return id;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
