package dev.laneway.runtime.config;

import dev.laneway.contracts.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Further tries of a hop by kind of failure; null where nothing is said of a kind.
 *
 * @param timeout for a time-out or a stalled stream ({@code TimeoutErrorRetries})
 * @param rateLimit for 429 ({@code RateLimitErrorRetries})
 * @param serverError for other failures of the vendor or of the way there ({@code InternalServerErrorRetries})
 * @param unavailable for 503 and 529 ({@code ServiceUnavailableErrorRetries}); null: as {@code serverError}
 * @param otherwise for kinds of which nothing is said ({@code DefaultRetries})
 */
public record RetryPolicy(
        @Nullable Integer timeout,
        @Nullable Integer rateLimit,
        @Nullable Integer serverError,
        @Nullable Integer unavailable,
        @Nullable Integer otherwise) {
    /** Nothing said. */
    public static final RetryPolicy NONE = new RetryPolicy(null, null, null, null, null);

    /** What is said of a kind; null for nothing. Kinds after which the same hop is never tried again have none. */
    public @Nullable Integer of(FailureKind kind) {
        return switch (kind) {
            case TIMEOUT, STALLED_STREAM -> first(timeout, otherwise);
            case RATE_LIMITED -> first(rateLimit, otherwise);
            case OVERLOADED -> first(unavailable, first(serverError, otherwise));
            case SERVER_ERROR, UNREACHABLE, EMPTY_ANSWER, CUT_STREAM, MALFORMED -> first(serverError, otherwise);
            case UNKNOWN -> otherwise;
            case UNAUTHORIZED,
                    REJECTED,
                    CONTEXT_WINDOW,
                    CONTENT_POLICY,
                    UNKNOWN_DEPLOYMENT,
                    ZONE_REFUSED,
                    NO_DEPLOYMENT,
                    BODY_LOST,
                    BUDGET_EXCEEDED,
                    BUDGETS_AWAY,
                    LIMIT_REACHED,
                    LIMITS_AWAY,
                    UNPRICED,
                    UNBOUNDED,
                    CANCELLED,
                    EXPIRED,
                    INTERNAL -> null;
        };
    }

    private static @Nullable Integer first(@Nullable Integer one, @Nullable Integer other) {
        return one == null ? other : one;
    }
}
