package dev.laneway.router.plan;

import dev.laneway.contracts.Failure;
import dev.laneway.runtime.config.Deployment;

/** What a hop has to offer at a moment. */
sealed interface Choice {
    /**
     * This one, now. Its account may be paused where the work can wait in the account's topic.
     *
     * @param topic where its attempts go
     */
    record Chosen(Deployment deployment, String topic) implements Choice {}

    /**
     * Those that could do it are paused.
     *
     * @param until when the first of them can be called again, epoch milliseconds
     * @param failure what the request fails with if it can't wait
     */
    record Blocked(long until, Failure failure) implements Choice {}

    /** Those that could do it cool or are out of service: to be called only where there is nothing else in the chain. */
    record Resting(Chosen probe) implements Choice {}

    /** Only deployments that were passed over could do it. */
    record Spent() implements Choice {}

    /** The plan's config is another one, and nothing of the hop is in the one in force. */
    record Unknown() implements Choice {}

    /** Nothing of the hop can do it. */
    record Nothing(Failure failure) implements Choice {}
}
