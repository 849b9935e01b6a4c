package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An observation of a deployment by a worker: the value of a {@code lw.health} event, keyed by deployment.
 *
 * @param deployment the deployment's id
 * @param account its account
 * @param state what the router should make of it
 * @param untilMillis end of a pause, epoch milliseconds; 0 where the state has none
 * @param reason what led to it
 * @param observedAt epoch milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Health(
        String deployment,
        String account,
        State state,
        long untilMillis,
        @Nullable FailureKind reason,
        long observedAt) {
    public Health {
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(state, "state");
    }

    /** What a worker saw. */
    public enum State {
        /** It answers. */
        SERVING("serving"),
        /** Its account said 429: no call before {@code untilMillis}. Concerns all deployments of the account. */
        PAUSED("paused"),
        /** It failed several times in a row: no call before {@code untilMillis}, then a probe. */
        COOLING("cooling"),
        /** Its credentials are missing or were refused. */
        OUT_OF_SERVICE("out_of_service");

        private final String id;

        State(String id) {
            this.id = id;
        }

        /** The word used in JSON. */
        @JsonValue
        public String id() {
            return id;
        }
    }
}
