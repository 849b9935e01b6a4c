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
 * @param zone of the worker that observed: what it says of credentials concerns the work of its zone alone, since each zone's workers
 *     have their own; null where a worker before this field said it, which concerns all
 * @param load what was measured; with {@link State#MEASURED} only
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Health(
        String deployment,
        String account,
        State state,
        long untilMillis,
        @Nullable FailureKind reason,
        long observedAt,
        @Nullable Zone zone,
        @Nullable Load load) {
    public Health {
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(state, "state");
        if ((state == State.MEASURED) != (load != null)) {
            throw new IllegalArgumentException("a load goes with the state that it was measured in");
        }
    }

    /** What a worker of some zone concluded. */
    public Health(
            String deployment,
            String account,
            State state,
            long untilMillis,
            @Nullable FailureKind reason,
            long observedAt) {
        this(deployment, account, state, untilMillis, reason, observedAt, null, null);
    }

    /** What a worker measured. */
    public Health(String deployment, String account, long observedAt, Load load) {
        this(deployment, account, State.MEASURED, 0, null, observedAt, null, load);
    }

    /**
     * What one worker has to do with a deployment.
     *
     * @param worker which one; another name after each start
     * @param calls under way from it
     * @param firstTokenMillis how long its calls waited for their first token lately, an exponentially weighted mean; 0 where none did
     * @param requests calls that ended in the last sixty seconds
     * @param tokens that calls used which ended in the last sixty seconds
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Load(String worker, int calls, long firstTokenMillis, long requests, long tokens) {
        public Load {
            Objects.requireNonNull(worker, "worker");
        }

        /** Of one of which nobody counts what it uses. */
        public Load(String worker, int calls, long firstTokenMillis) {
            this(worker, calls, firstTokenMillis, 0, 0);
        }
    }

    /** What a worker saw. */
    public enum State {
        /** It answers. */
        SERVING("serving"),
        /** Its account said 429: no call before {@code untilMillis}. Concerns all deployments of the account. */
        PAUSED("paused"),
        /** It failed several times in a row: no call before {@code untilMillis}, then a probe. */
        COOLING("cooling"),
        /** Its credentials are missing or were refused, for the worker's zone. */
        OUT_OF_SERVICE("out_of_service"),
        /** How it fares with one worker; says nothing of whether it serves. Told where the config chooses by it. */
        MEASURED("measured");

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
