package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an ingress notices of a key, or a router, beside its requests: see {@link Fact.Noticed}. */
public enum NoticeKind {
    /** It asked for a model that it may not call, or that there is none of. */
    FORBIDDEN_MODEL,
    /** It asked for a route of a lane that it may not use. */
    FORBIDDEN_LANE,
    /** It offered a tool that it may not offer. */
    FORBIDDEN_TOOL,
    /** It called from an address that is in none of its networks. */
    STRANGE_ADDRESS,
    /** It met a limit of requests, tokens or parallel requests. */
    RATE_LIMIT,
    /** A budget had no room for what it asked. */
    BUDGET_EXCEEDED,
    /** The memory that counts was away, and its calls passed uncounted, as its terms say. */
    UNCOUNTED;

    /** The word used in JSON, metrics and docs. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static NoticeKind of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
