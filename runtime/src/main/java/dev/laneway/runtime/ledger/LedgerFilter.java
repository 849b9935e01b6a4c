package dev.laneway.runtime.ledger;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which requests and attempts are meant; an absent part means any.
 *
 * @param sight what may be seen at all
 * @param owner the id of the key that called
 * @param user the key's user
 * @param model the {@code model_name}, or, where vendors may be seen, the vendor's name of the model
 * @param tag one of the tags
 * @param from when the request was accepted, epoch milliseconds, inclusive
 * @param to the same, exclusive; {@link Long#MAX_VALUE} for no end. Roll-ups know whole hours: both are widened to them
 */
public record LedgerFilter(
        Sight sight,
        @Nullable String owner,
        @Nullable String team,
        @Nullable String user,
        @Nullable String route,
        @Nullable String model,
        @Nullable String lane,
        @Nullable String tag,
        long from,
        long to) {
    public LedgerFilter {
        Objects.requireNonNull(sight, "sight");
    }

    /** Whatever may be seen. */
    public static LedgerFilter of(Sight sight) {
        return new LedgerFilter(sight, null, null, null, null, null, null, null, 0, Long.MAX_VALUE);
    }
}
