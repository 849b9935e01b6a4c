package dev.laneway.router.meters;

import dev.laneway.runtime.meters.MetricName;

/**
 * Metrics of the router. They balance, apart from what is delivered twice: {@code requests = attempts published + ended + dropped +
 * waiting - failures}, where failures are the attempts that came back.
 */
enum RouterMetric implements MetricName {
    REQUESTS("laneway.router.requests", "Requests that a plan was asked for, by lane and class."),
    ATTEMPTS("laneway.router.attempts", "Attempts published and acknowledged, by zone, lane and class."),
    FAILURES("laneway.router.failures", "Attempts that came back without an answer, by kind of failure."),
    RETRIES("laneway.router.retries", "Attempts published that try a hop again."),
    FALLBACKS(
            "laneway.router.fallbacks",
            "Hops left for a later one, by the deployment or hop left, the deployment taken, and kind."),
    CONTINUATIONS(
            "laneway.router.continuations",
            "Attempts published that go on with a broken stream, by the deployment before, the deployment taken, and kind."),
    ENDED("laneway.router.ended", "Requests ended with an error for the client, by HTTP status and kind."),
    DROPPED("laneway.router.dropped", "Requests dropped because nobody waits any more, by reason."),
    WAITS("laneway.router.waits", "Waits begun, by reason."),
    WAITS_REFUSED(
            "laneway.router.waits.refused",
            "Waits not begun because too many requests of the partition wait: the hop was left."),
    WAITING("laneway.router.waiting", "Requests that wait now."),
    FENCED(
            "laneway.router.fenced",
            "Refused by the privacy fence: deployments of a plan, and events that contradict their topic."),
    PUBLISH_FAILED(
            "laneway.router.publish.failed",
            "Decisions whose acknowledgement did not come; they stand, and are published again."),
    REPEATED(
            "laneway.router.repeated",
            "Inputs delivered or told again whose consequence is in the log: nothing was done."),
    RESERVED("laneway.router.reserved", "Attempts for which money is held."),
    RESERVATIONS_REFUSED(
            "laneway.router.reservations.refused",
            "Attempts that a budget had no room for, by what it is the budget of."),
    RESERVATIONS_AWAY(
            "laneway.router.reservations.away",
            "Attempts not made because nobody could tell what is left of a budget."),
    RESERVATIONS_OPEN(
            "laneway.router.reservations.open",
            "Attempts made although nobody could tell what is left of a budget: their holders say so."),
    UNPRICED("laneway.router.unpriced", "Attempts not made because there is a budget, and the model has no price."),
    UNBOUNDED(
            "laneway.router.unbounded",
            "Attempts not made because there is a budget, and nobody can tell how much they may cost."),
    LIMITED(
            "laneway.router.limited",
            "Attempts not made because a limit of their deployment or its provider had no room, by whose limit and what it limits."),
    LIMITS_AWAY(
            "laneway.router.limits.away",
            "Attempts not made because nobody could tell what is left of a limit of their deployment or its provider."),
    LIMITS_OPEN(
            "laneway.router.limits.open",
            "Attempts made uncounted because nobody could tell what is left of a limit: its holders say so."),
    NOTICED(
            "laneway.router.noticed",
            "Times that a key's attempt went on uncounted; what the alert about Redis goes by, beside the ingress's."),
    NOTICES_DROPPED("laneway.router.notices.dropped", "Of those, what no alert will know of, by reason."),
    UNREADABLE("laneway.router.unreadable", "Signals and health events that could not be read, by topic.");

    private final String id;
    private final String description;

    RouterMetric(String id, String description) {
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
