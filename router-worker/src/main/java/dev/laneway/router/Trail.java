package dev.laneway.router;

import java.util.List;

/**
 * What happened on the way to a decision that somebody should hear of.
 *
 * @param fallbacks hops that were left
 * @param fenced ids of deployments that the privacy fence refused
 * @param waitRefused whether a wait was due for which there was no room
 */
record Trail(List<Fallback> fallbacks, List<String> fenced, boolean waitRefused) {
    static final Trail EMPTY = new Trail(List.of(), List.of(), false);

    Trail {
        fallbacks = List.copyOf(fallbacks);
        fenced = List.copyOf(fenced);
    }
}
