package dev.laneway.provider.credentials.aws;

import java.util.Objects;

/** What came of asking one source for keys. */
sealed interface Asked {
    record Got(Session session) implements Asked {
        public Got {
            Objects.requireNonNull(session, "session");
        }
    }

    /** That source is not set up here: the next one may be. */
    record Absent() implements Asked {}

    /**
     * It is set up, and gave none.
     *
     * @param why for the log; holds no secret
     */
    record Failed(String why) implements Asked {
        public Failed {
            Objects.requireNonNull(why, "why");
        }
    }
}
