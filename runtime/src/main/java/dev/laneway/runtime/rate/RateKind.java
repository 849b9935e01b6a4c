package dev.laneway.runtime.rate;

import dev.laneway.contracts.RateLimits;
import java.util.Locale;

/** What is limited. */
public enum RateKind {
    REQUESTS_PER_MINUTE("requests per minute"),
    TOKENS_PER_MINUTE("tokens per minute"),
    REQUESTS_PER_HOUR("requests per hour"),
    TOKENS_PER_HOUR("tokens per hour"),
    PARALLEL("parallel requests");

    private final String words;

    RateKind(String words) {
        this.words = words;
    }

    /** Whether anything of this kind is limited at all. */
    static boolean any(RateLimits limits) {
        for (RateKind kind : values()) {
            if (kind.of(limits) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The limit of this kind; 0 where there is none. */
    public long of(RateLimits limits) {
        return switch (this) {
            case REQUESTS_PER_MINUTE -> limits.requestsPerMinute();
            case TOKENS_PER_MINUTE -> limits.tokensPerMinute();
            case REQUESTS_PER_HOUR -> limits.requestsPerHour();
            case TOKENS_PER_HOUR -> limits.tokensPerHour();
            case PARALLEL -> limits.parallel();
        };
    }

    public boolean countsTokens() {
        return this == TOKENS_PER_MINUTE || this == TOKENS_PER_HOUR;
    }

    public boolean countsRequests() {
        return this == REQUESTS_PER_MINUTE || this == REQUESTS_PER_HOUR;
    }

    /** Milliseconds that are counted together. */
    public long width() {
        return switch (this) {
            case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE -> 1_000;
            case REQUESTS_PER_HOUR, TOKENS_PER_HOUR -> 60_000;
            case PARALLEL -> 0;
        };
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** In JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
