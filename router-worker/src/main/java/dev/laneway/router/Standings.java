package dev.laneway.router;

import dev.laneway.runtime.config.Deployment;

/** How deployments are, as far as the router heard. */
@FunctionalInterface
interface Standings {
    /** How a deployment is at a time, epoch milliseconds; serving where nothing else is known. */
    Standing of(Deployment deployment, long now);
}
