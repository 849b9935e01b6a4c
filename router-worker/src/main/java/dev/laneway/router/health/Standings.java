package dev.laneway.router.health;

import dev.laneway.contracts.Attempt;
import dev.laneway.runtime.config.Deployment;

/** How deployments are, as far as the router heard. */
@FunctionalInterface
public interface Standings {
    /** How a deployment is at a time, epoch milliseconds; serving where nothing else is known. */
    Standing of(Deployment deployment, long now);

    /** Whether its account is paused, whatever else is so of the deployment. */
    default boolean isPaused(Deployment deployment, long now) {
        return false;
    }

    /** Calls that are under way at a deployment; 0 where nothing is known. */
    default int calls(String deployment, long now) {
        return 0;
    }

    /** How long its calls waited for a first token of late, milliseconds; 0 where nothing is known. */
    default long firstTokenMillis(String deployment, long now) {
        return 0;
    }

    /** What calls of a deployment used in the last minute; nothing where nothing is known. */
    default Loads.Used used(String deployment, long now) {
        return Loads.Used.NOTHING;
    }

    /** An attempt is on its way to its deployment. */
    default void sent(Attempt attempt) {}

    /** It is not, after all. */
    default void unsent(Attempt attempt) {}
}
