package dev.laneway.ingress.call;

import dev.laneway.ingress.http.FailureLog;
import dev.laneway.ingress.limits.Bounds;
import dev.laneway.ingress.limits.MemoryBudget;
import dev.laneway.ingress.limits.Waits;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.ingress.money.BudgetGate;
import dev.laneway.ingress.reply.ReplyInbox;
import dev.laneway.runtime.idempotency.IdempotencyStore;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The open requests of one event loop, and what they share. */
public final class Desk {
    final ReplyInbox inbox;
    final Outbox outbox;
    final Waits waits;
    final Bounds bounds;
    final MemoryBudget memory;
    final BudgetGate budgets;
    final IdempotencyStore names;
    final Supplier<Duration> kept;
    final FailureLog log = new FailureLog();
    final AtomicInteger inFlight;
    final Counter otherAttempt;
    final Counter duplicate;
    final Counter clientPauses;
    private final Set<OpenRequest> open = new LinkedHashSet<>();
    private volatile int count;

    /**
     * A desk without a request.
     *
     * @param kept how long answers are kept, and with them the names of requests
     * @param inFlight accepted and not ended, counted over all loops
     */
    public Desk(
            ReplyInbox inbox,
            Outbox outbox,
            IdempotencyStore names,
            Supplier<Duration> kept,
            Waits waits,
            Bounds bounds,
            MemoryBudget memory,
            BudgetGate budgets,
            AtomicInteger inFlight,
            Meters meters) {
        this.inbox = inbox;
        this.outbox = outbox;
        this.names = names;
        this.kept = kept;
        this.waits = waits;
        this.bounds = bounds;
        this.memory = memory;
        this.budgets = budgets;
        this.inFlight = inFlight;
        otherAttempt = meters.counter(IngressMetric.FRAMES_IGNORED, MetricTag.REASON, "other_attempt");
        clientPauses = meters.counter(IngressMetric.CLIENT_PAUSES);
        duplicate = meters.counter(IngressMetric.FRAMES_IGNORED, MetricTag.REASON, "duplicate");
    }

    void opened(OpenRequest request) {
        open.add(request);
        count = open.size();
    }

    void closed(OpenRequest request) {
        open.remove(request);
        count = open.size();
    }

    /** Requests whose client has not all of its answer yet; on any thread. */
    public int count() {
        return count;
    }

    /** Does what is due: deadlines, comments, clients that have been slow for too long. */
    public void sweep(long nowNanos) {
        for (OpenRequest request : List.copyOf(open)) {
            request.tick(nowNanos);
        }
    }

    /** Ends what is left, because the process ends. */
    public void abandon() {
        new ArrayList<>(open).forEach(OpenRequest::abandon);
    }
}
