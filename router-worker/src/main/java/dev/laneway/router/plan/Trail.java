package dev.laneway.router.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened on the way to a decision that somebody should hear of.
 *
 * @param fallbacks hops that were left
 * @param fenced ids of deployments that the privacy fence refused
 * @param waitRefused whether a wait was due for which there was no room
 * @param brokenOff the attempt before, where what it or one before it said is to be gone on with
 */
public record Trail(
        List<Fallback> fallbacks,
        List<String> fenced,
        boolean waitRefused,
        @Nullable Fallback brokenOff) {
    public static final Trail EMPTY = new Trail(List.of(), List.of(), false, null);

    public Trail {
        fallbacks = List.copyOf(fallbacks);
        fenced = List.copyOf(fenced);
    }
}
