package dev.laneway.runtime.config;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.laneway.contracts.FailureKind;

/** Which part of the config put a hop into a chain, and so after which failures it is taken. */
public enum HopOrigin {
    /** The route's own {@code chain}, or the model that a route without one is named after. */
    CHAIN("chain"),
    /** {@code fallbacks} of a group in the chain. */
    FALLBACKS("fallbacks"),
    /** {@code default_fallbacks}. */
    DEFAULT_FALLBACKS("default_fallbacks"),
    /** {@code context_window_fallbacks}: only where the prompt did not fit. */
    CONTEXT_WINDOW_FALLBACKS("context_window_fallbacks"),
    /** {@code content_policy_fallbacks}: only where a vendor's policy refused. */
    CONTENT_POLICY_FALLBACKS("content_policy_fallbacks");

    private final String id;

    HopOrigin(String id) {
        this.id = id;
    }

    /** The key in the config file. */
    @JsonValue
    public String id() {
        return id;
    }

    /** True when a hop of this origin may follow a failure of that kind. */
    public boolean follows(FailureKind failure) {
        return switch (this) {
            case CHAIN, FALLBACKS, DEFAULT_FALLBACKS -> true;
            case CONTEXT_WINDOW_FALLBACKS -> failure == FailureKind.CONTEXT_WINDOW;
            case CONTENT_POLICY_FALLBACKS -> failure == FailureKind.CONTENT_POLICY;
        };
    }
}
