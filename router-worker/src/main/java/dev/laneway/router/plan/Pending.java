package dev.laneway.router.plan;

import dev.laneway.contracts.Plan;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Said;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request that waits: where to go on when the time has come. */
public sealed interface Pending {
    Request request();

    /**
     * Its route is not known here; another config may know it.
     *
     * @param since when it was first asked for, epoch milliseconds
     */
    record Unrouted(Request request, long since) implements Pending {
        public Unrouted {
            Objects.requireNonNull(request, "request");
        }
    }

    /**
     * A hop is in turn, and no deployment chosen.
     *
     * @param fallbacks hops that failed before it
     * @param said what the next attempt has to go on with; null where the client was told nothing yet
     */
    record InTurn(
            Request request,
            Plan plan,
            int fallbacks,
            Trail trail,
            @Nullable Said said) implements Pending {
        public InTurn {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(plan, "plan");
            Objects.requireNonNull(trail, "trail");
        }
    }
}
