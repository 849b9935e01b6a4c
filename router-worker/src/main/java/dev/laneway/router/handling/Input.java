package dev.laneway.router.handling;

import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Request;
import java.util.Objects;

/** What a router reads. */
public sealed interface Input {
    /** Whose it is. */
    Request request();

    /** A request that no plan was made for. */
    record Fresh(Request request) implements Input {
        public Fresh {
            Objects.requireNonNull(request, "request");
        }
    }

    /** An attempt that came back without an answer. */
    record Returned(FailedAttempt failed) implements Input {
        public Returned {
            Objects.requireNonNull(failed, "failed");
        }

        @Override
        public Request request() {
            return failed.attempt().request();
        }
    }
}
