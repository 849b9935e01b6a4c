package dev.laneway.router.plan;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Request;
import java.util.Objects;

/** What follows from an input: exactly one of these. */
public sealed interface Decision {
    /** A call is to be made: the attempt goes to its account's topic. */
    record Publish(Attempt attempt, String topic, Trail trail) implements Decision {
        public Publish {
            Objects.requireNonNull(attempt, "attempt");
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(trail, "trail");
        }

        /** The same of the attempt as it is published: as money and room were held for it, or said to be there already, perhaps. */
        public Publish of(Attempt reserved, String itsTopic) {
            return new Publish(reserved, itsTopic, trail);
        }
    }

    /**
     * Nothing can be done before a time; then {@link Planner#resume} decides.
     *
     * @param at epoch milliseconds, before the request's deadline
     */
    record Later(Pending pending, long at, WaitReason reason) implements Decision {
        public Later {
            Objects.requireNonNull(pending, "pending");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * There will be no answer, and the client is told.
     *
     * @param failure the most useful failure
     * @param status HTTP status
     * @param attempts calls made
     * @param fallbacks hops that failed before the last one
     */
    record End(Request request, Failure failure, int status, int attempts, int fallbacks, Trail trail)
            implements Decision {
        public End {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(trail, "trail");
        }
    }

    /**
     * There will be no answer, and nobody waits to be told: only the terminal fact is written.
     *
     * @param kind {@link FailureKind#EXPIRED} or {@link FailureKind#CANCELLED}
     * @param attempts calls made
     * @param fallbacks hops that failed before the last one
     */
    record Drop(Request request, FailureKind kind, int attempts, int fallbacks) implements Decision {
        public Drop {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(kind, "kind");
        }
    }
}
