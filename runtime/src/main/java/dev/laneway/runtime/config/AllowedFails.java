package dev.laneway.runtime.config;

import dev.laneway.contracts.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Failures in a row, of whatever kind, that are allowed before one more makes a deployment cool, by the kind of that one; null where nothing is
 * said. Kinds that say nothing of a deployment's health are not counted at all.
 *
 * @param timeout a time-out or a stalled stream ({@code TimeoutErrorAllowedFails}), 0 or more
 * @param serverError another failure of the vendor or of the way there ({@code InternalServerErrorAllowedFails}), 0 or more
 */
public record AllowedFails(
        @Nullable Integer timeout, @Nullable Integer serverError) {
    /** Nothing said. */
    public static final AllowedFails NONE = new AllowedFails(null, null);

    @Nullable
    Integer of(FailureKind kind) {
        return kind == FailureKind.TIMEOUT || kind == FailureKind.STALLED_STREAM ? timeout : serverError;
    }
}
