package dev.laneway.ingress.meters;

import dev.laneway.runtime.meters.MetricName;

/**
 * Metrics of the ingress. Of the calls that name a route, {@code accepted = completed + failed + cancelled + expired + in flight};
 * a call that the broker has not acknowledged is not among them but {@code refused}, with the reason.
 */
public enum IngressMetric implements MetricName {
    ACCEPTED("laneway.ingress.accepted", "Requests that the broker acknowledged."),
    COMPLETED("laneway.ingress.completed", "Requests whose answer was handed to the client whole."),
    FAILED("laneway.ingress.failed", "Requests that were answered with an error, by its status."),
    CANCELLED("laneway.ingress.cancelled", "Requests whose client went away or was given up, by reason."),
    EXPIRED("laneway.ingress.expired", "Requests answered 504 by the ingress's own timer."),
    IN_FLIGHT("laneway.ingress.in.flight", "Requests acknowledged by the broker and not ended."),
    REFUSED("laneway.ingress.refused", "Calls refused without a request being accepted, by reason."),
    REPLAYED(
            "laneway.ingress.replayed",
            "Calls answered with what their Idempotency-Key was answered before; neither accepted nor refused."),
    FALLBACKS("laneway.ingress.fallbacks", "Answers that came after at least one hop had failed."),
    ACCEPT_TIME("laneway.ingress.accept.seconds", "From a call's headers to the broker's acknowledgement."),
    FIRST_FRAME_TIME("laneway.ingress.first.frame.seconds", "From a call's headers to the first frame of its answer."),
    TOTAL_TIME("laneway.ingress.total.seconds", "From a call's headers to the end of its answer."),
    WAITING("laneway.ingress.waiting", "Requests of a lane that wait for their first frame."),
    LANE_REFUSED(
            "laneway.ingress.lane.refused",
            "Calls of a lane refused because too many of it wait, or would not be answered in their time; also in refused."),
    LIMITED(
            "laneway.ingress.limited",
            "Calls refused at a rate limit, by its holder's scope and its kind; also in refused."),
    BUDGET_REFUSED(
            "laneway.ingress.budget.refused",
            "Calls refused without asking anybody, since what is left of a budget can't pay for them at all, by its holder's scope; also in refused."),
    LIMITS_OPEN(
            "laneway.limits.open",
            "Requests let in uncounted, as their holders' terms say, while the memory that counts was away."),
    MEMORY_HELD("laneway.ingress.memory.bytes", "Bytes of bodies and of answers that clients have not taken yet."),
    CONNECTIONS("laneway.ingress.connections", "Connections of clients."),
    CONNECTIONS_REFUSED("laneway.ingress.connections.refused", "Connections closed at once: there were too many."),
    CONNECTIONS_IDLE("laneway.ingress.connections.idle", "Connections closed because nothing was under way on them."),
    CONNECTIONS_SILENT("laneway.ingress.connections.silent", "Connections closed because no request came on them."),
    CLIENT_PAUSES("laneway.ingress.client.pauses", "Times that a worker was paused because its client reads slowly."),
    FRAMES_IGNORED("laneway.ingress.frames.ignored", "Reply frames not shown to anybody, by reason."),
    CHANGES(
            "laneway.ingress.changes",
            "Changes of keys, teams, users and terms that were asked for, by what became of them."),
    CHANGE_TIME("laneway.ingress.change.seconds", "From a change's publication to its being in force here."),
    SIGNALS_DROPPED("laneway.ingress.signals.dropped", "Signals given up because too many wait for the broker."),
    NOTICED(
            "laneway.ingress.noticed",
            "Times that a key tried what it may not, or passed uncounted; what alerts about keys go by."),
    NOTICES_DROPPED("laneway.ingress.notices.dropped", "Of those, what no alert will know of, by reason.");

    private final String id;
    private final String description;

    IngressMetric(String id, String description) {
        this.id = id;
        this.description = description;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return description;
    }
}
