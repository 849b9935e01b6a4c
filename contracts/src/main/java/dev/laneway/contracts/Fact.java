package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened, for the ledger: the envelope of a {@code lw.usage} event, whose value is empty. Never a body, a prompt or a
 * vendor's message. A request's first terminal fact wins; a later one is {@code late}: billed, never shown.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fact.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = Fact.Attempted.class, name = "attempted"),
    @JsonSubTypes.Type(value = Fact.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = Fact.Noticed.class, name = "noticed")
})
public sealed interface Fact extends Event {
    /** How the request ended, where this fact ends it. */
    @Nullable
    Terminal terminal();

    /** When what it tells of ended, epoch milliseconds; 0 where nothing did. */
    long endedAt();

    /** A fact about one request. */
    sealed interface OfRequest extends Fact {
        /** Which request it is about. */
        Subject request();
    }

    /**
     * A request with an {@code Idempotency-Key} was accepted, by the ingress: without it nobody could tell, once Redis has forgotten,
     * that a repeat of the call is one. Bills nothing, ends nothing.
     *
     * @param request which
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Accepted(Subject request) implements OfRequest {
        public Accepted {
            Objects.requireNonNull(request, "request");
        }

        @Override
        @JsonIgnore
        public @Nullable Terminal terminal() {
            return null;
        }

        @Override
        @JsonIgnore
        public long endedAt() {
            return 0;
        }

        @Override
        public String requestId() {
            return request.id();
        }
    }

    /**
     * One attempt was made, by a worker. When it succeeded, the fact is the request's terminal fact too.
     *
     * @param request whose it was
     * @param attempt the attempt's id
     * @param deployment the deployment's id
     * @param group the deployment's {@code model_name}
     * @param provider the vendor
     * @param account the vendor's account
     * @param model the vendor's model
     * @param zone where the deployment runs
     * @param region where the worker ran
     * @param outcome how it ended
     * @param failure why it failed
     * @param vendorStatus the vendor's HTTP status, 0 where there was none
     * @param called whether the vendor was called
     * @param usage tokens the vendor reported; absent where it did not
     * @param sentAt when the call began, epoch milliseconds
     * @param firstTokenAt when the first real token came, 0 where none did
     * @param endedAt when it ended, epoch milliseconds
     * @param terminal present when it ends the request
     * @param late another worker had given the attempt up before it ended here: it is billed, and its answer was not shown
     * @param charge what it cost; absent where it was not called
     * @param windows the windows of budgets in which money was held for it, see {@link Hold}: it is booked in them, whether accounting has
     *     heard of those budgets or not
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Attempted(
            Subject request,
            String attempt,
            String deployment,
            String group,
            String provider,
            String account,
            String model,
            @JsonInclude(JsonInclude.Include.ALWAYS) Zone zone,
            String region,
            @JsonInclude(JsonInclude.Include.ALWAYS) Outcome outcome,
            @Nullable FailureKind failure,
            int vendorStatus,
            boolean called,
            @Nullable TokenUsage usage,
            long sentAt,
            long firstTokenAt,
            long endedAt,
            @Nullable Terminal terminal,
            boolean late,
            @Nullable Charge charge,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> windows)
            implements OfRequest {
        public Attempted {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(attempt, "attempt");
            Objects.requireNonNull(deployment, "deployment");
            Objects.requireNonNull(outcome, "outcome");
            windows = windows == null ? List.of() : List.copyOf(windows);
        }

        /** An attempt that nobody reckoned the price of. */
        public Attempted(
                Subject request,
                String attempt,
                String deployment,
                String group,
                String provider,
                String account,
                String model,
                Zone zone,
                String region,
                Outcome outcome,
                @Nullable FailureKind failure,
                int vendorStatus,
                boolean called,
                @Nullable TokenUsage usage,
                long sentAt,
                long firstTokenAt,
                long endedAt,
                @Nullable Terminal terminal,
                boolean late) {
            this(
                    request,
                    attempt,
                    deployment,
                    group,
                    provider,
                    account,
                    model,
                    zone,
                    region,
                    outcome,
                    failure,
                    vendorStatus,
                    called,
                    usage,
                    sentAt,
                    firstTokenAt,
                    endedAt,
                    terminal,
                    late,
                    null,
                    List.of());
        }

        /** The same fact, of an attempt that had been given up. It ends nothing. */
        public Attempted asLate() {
            return new Attempted(
                    request,
                    attempt,
                    deployment,
                    group,
                    provider,
                    account,
                    model,
                    zone,
                    region,
                    outcome,
                    failure,
                    vendorStatus,
                    called,
                    usage,
                    sentAt,
                    firstTokenAt,
                    endedAt,
                    null,
                    true,
                    charge,
                    windows);
        }

        @Override
        public String requestId() {
            return request.id();
        }
    }

    /**
     * A request ended without an answer, by the router.
     *
     * @param request which
     * @param endedAt epoch milliseconds
     * @param terminal how
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Ended(Subject request, long endedAt, Terminal terminal) implements OfRequest {
        public Ended {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(terminal, "terminal");
        }

        @Override
        public String requestId() {
            return request.id();
        }
    }

    /**
     * Something at an ingress or a router that an alert may be due for: what a key tried and may not, or what had to pass uncounted. Gathered: one
     * fact tells of all that happened to a key, of one kind, within about a second. Neither the address nor anything of the call is in it.
     * Of no request, billed to nobody; may be lost with the process that gathered it, or be there twice under one id.
     *
     * @param id the notice's own, unique; the record's key
     * @param owner the key's id, as in {@link Subject#owner}
     * @param count how often, at least 1
     * @param since the first time, epoch milliseconds
     * @param until the last time, epoch milliseconds
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Noticed(String id, String owner, NoticeKind kind, int count, long since, long until) implements Fact {
        public Noticed {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(kind, "kind");
            if (count < 1) {
                throw new IllegalArgumentException("a notice tells of something");
            }
        }

        @Override
        @JsonIgnore
        public @Nullable Terminal terminal() {
            return null;
        }

        @Override
        @JsonIgnore
        public long endedAt() {
            return until;
        }

        @Override
        public String requestId() {
            return id;
        }
    }

    /**
     * What of a request the ledger and its roll-ups need.
     *
     * @param acceptedAt epoch milliseconds
     * @param names what its client calls it by; absent where it gave it no name
     * @param payer who pays beside the owner; absent where nobody does
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Subject(
            String id,
            String owner,
            String route,
            String lane,
            @JsonInclude(JsonInclude.Include.ALWAYS) Zone zone,
            @JsonInclude(JsonInclude.Include.ALWAYS) WorkClass workClass,
            long acceptedAt,
            @Nullable ClientNames names,
            @Nullable Payer payer) {
        public Subject {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(route, "route");
            Objects.requireNonNull(lane, "lane");
        }

        /** A request that its client gave no name. */
        public Subject(
                String id, String owner, String route, String lane, Zone zone, WorkClass workClass, long acceptedAt) {
            this(id, owner, route, lane, zone, workClass, acceptedAt, null, null);
        }

        /** A request for which its key alone pays. */
        public Subject(
                String id,
                String owner,
                String route,
                String lane,
                Zone zone,
                WorkClass workClass,
                long acceptedAt,
                @Nullable ClientNames names) {
            this(id, owner, route, lane, zone, workClass, acceptedAt, names, null);
        }

        public static Subject of(Request request) {
            return new Subject(
                    request.id(),
                    request.owner(),
                    request.route(),
                    request.lane(),
                    request.zone(),
                    request.workClass(),
                    request.acceptedAt(),
                    request.names(),
                    request.payer());
        }
    }

    /**
     * How a request ended.
     *
     * @param httpStatus what the client was told
     * @param failure why there is no answer
     * @param attempts calls made
     * @param fallbacks hops that failed before the last one
     * @param replyTopic where the answer's frames are; absent without an answer
     * @param replyPartition the frames' partition
     * @param firstOffset of the answer's first frame
     * @param lastOffset of the answer's last frame
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Terminal(
            @JsonInclude(JsonInclude.Include.ALWAYS) Status status,
            int httpStatus,
            @Nullable FailureKind failure,
            int attempts,
            int fallbacks,
            @Nullable String replyTopic,
            int replyPartition,
            long firstOffset,
            long lastOffset) {
        public Terminal {
            Objects.requireNonNull(status, "status");
        }

        public static Terminal failed(FailureKind kind, int httpStatus, int attempts, int fallbacks) {
            return new Terminal(Status.of(kind), httpStatus, kind, attempts, fallbacks, null, 0, 0, 0);
        }
    }
}
