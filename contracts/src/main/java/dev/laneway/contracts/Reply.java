package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The envelope of a {@code replies} event. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reply.Frame.class, name = "frame"),
    @JsonSubTypes.Type(value = Reply.Failed.class, name = "failed")
})
public sealed interface Reply extends Event {
    /**
     * A piece of an answer; the record's value is bytes in the caller's dialect, to be written as they are. Written by the worker.
     * A short answer is one frame with head and end.
     *
     * @param requestId the request
     * @param attempt the attempt that says it: the ingress binds the request to the first one
     * @param seq numbers the answer's frames from 0: those of an attempt that continues another go on where its ended
     * @param head with the first frame
     * @param end with the last frame
     * @param call tells apart the answers of two calls, should an attempt be called again by another worker: their frames have the same
     *     numbers and don't fit together
     * @param continues with the first frame of an attempt that goes on with what another one began
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Frame(
            String requestId,
            String attempt,
            int seq,
            @Nullable Head head,
            @Nullable End end,
            int call,
            @Nullable Continued continues)
            implements Reply {
        public Frame {
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(attempt, "attempt");
        }

        /** A frame of the only call. */
        public Frame(String requestId, String attempt, int seq, @Nullable Head head, @Nullable End end) {
            this(requestId, attempt, seq, head, end, 0);
        }

        /** A frame of an attempt that answers from the start. */
        public Frame(String requestId, String attempt, int seq, @Nullable Head head, @Nullable End end, int call) {
            this(requestId, attempt, seq, head, end, call, null);
        }
    }

    /**
     * Whose beginning is gone on with: a client that has another one is shown nothing of it.
     *
     * @param attempt the attempt that said the frames before
     * @param call which call of it
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Continued(String attempt, int call) {
        public Continued {
            Objects.requireNonNull(attempt, "attempt");
        }
    }

    /**
     * No answer will come; the ingress says so in the caller's dialect, in-band when the stream has begun. Written by the router, and
     * by whoever found that an event of the request is poison.
     *
     * @param requestId the request
     * @param failure the most useful failure of the chain
     * @param status HTTP status
     * @param attempts calls made
     * @param fallbacks hops that failed before the last one
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Failed(String requestId, Failure failure, int status, int attempts, int fallbacks) implements Reply {
        public Failed {
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(failure, "failure");
        }
    }

    /**
     * What the response's headers need.
     *
     * @param deployment the deployment that answers
     * @param zone where it runs
     * @param attempts calls made, this one among them
     * @param fallbacks hops that failed before this one
     * @param contentType of the whole answer
     * @param headers further response headers, such as the vendor's rate limits or notes of what a translation dropped
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Head(
            String deployment,
            @JsonInclude(JsonInclude.Include.ALWAYS) Zone zone,
            int attempts,
            int fallbacks,
            String contentType,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> headers) {
        public Head {
            Objects.requireNonNull(deployment, "deployment");
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(contentType, "contentType");
            headers = headers == null ? Map.of() : Map.copyOf(headers);
        }
    }

    /**
     * The answer is whole.
     *
     * @param usage what it used; absent where the vendor did not say
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record End(@Nullable TokenUsage usage) {}
}
