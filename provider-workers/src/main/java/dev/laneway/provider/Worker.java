package dev.laneway.provider;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.provider.call.AttemptRun;
import dev.laneway.provider.call.Desk;
import dev.laneway.provider.claims.RecentIds;
import dev.laneway.provider.credentials.Credential;
import dev.laneway.provider.intake.Admission;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.provider.intake.Serving;
import dev.laneway.provider.intake.Verdict;
import dev.laneway.provider.schedule.FairScheduler;
import dev.laneway.provider.schedule.Line;
import dev.laneway.provider.schedule.Ticket;
import dev.laneway.runtime.kafka.NotOursException;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One zone's attempts: judges them, queues them fairly, runs them, and hears what clients signal. Knows no Kafka. One context.
 */
final class Worker {
    /** Interactive attempts that wait for one deployment in one lane; more go back to the router. */
    static final int LONGEST_LINE = 2_000;

    private static final long OVERLOADED_RETRY_MILLIS = 1_000;

    private final Desk desk;
    private final Returns returns;
    private final Admission admission;
    private final RecentIds cancelled;
    private final FairScheduler<Job> scheduler;
    private final Map<String, Topics.Parsed> topics = new HashMap<>();
    private final Set<Job> jobs = new LinkedHashSet<>();
    private final Map<String, Job> byRequest = new HashMap<>();
    private final Promise<Void> idle = Promise.promise();
    private Serving serving;
    private int inFlight;
    private boolean dispatching;
    private boolean draining;

    /** An attempt between intake and outcome. */
    private static final class Job {
        final Taken<Attempt> taken;
        final Topics.Parsed topic;
        final Assignment assignment;
        final Promise<Void> done = Promise.promise();
        /** Its outcome is on its way to the broker: there is nothing left to take back. */
        boolean returned;

        @Nullable
        Ticket<Job> ticket;

        @Nullable
        AttemptRun run;

        Job(Taken<Attempt> taken, Topics.Parsed topic, Assignment assignment) {
            this.taken = taken;
            this.topic = topic;
            this.assignment = assignment;
        }
    }

    Worker(Desk desk, Admission admission, RecentIds cancelled, int maxInFlight, Serving serving) {
        this.desk = desk;
        this.returns = new Returns(desk);
        this.admission = admission;
        this.cancelled = cancelled;
        this.scheduler = new FairScheduler<>(maxInFlight);
        this.serving = serving;
        tellKeys(serving);
    }

    /** A new config is in force, or keys were looked for again. */
    void serve(Serving now) {
        Serving before = serving;
        serving = now;
        scheduler.tidy();
        tellKeys(before);
        dispatch();
    }

    /** Takes an attempt; the future succeeds when its outcome is acknowledged. */
    Future<Void> handle(Taken<Attempt> taken) {
        desk.meters().taken();
        inFlight++;
        Topics.Parsed topic = topics.computeIfAbsent(taken.topic(), Worker::parse);
        Future<Void> outcome = switch (admission.judge(taken, topic, serving, now())) {
            case Verdict.Returned returned -> returns.giveBack(taken, topic, returned.assignment(), returned.failure());
            case Verdict.Admitted admitted -> queue(new Job(taken, topic, admitted.assignment()));
        };
        return outcome.onComplete(done -> inFlight--);
    }

    /** Hears what a client's ingress says. */
    void signal(Signal signal) {
        switch (signal) {
            case Signal.Cancel cancel -> cancel(cancel.requestId());
            case Signal.Pause pause -> {
                Job job = byRequest.get(pause.requestId());
                if (job != null && job.run != null) {
                    job.run.pause();
                }
            }
            case Signal.Resume resume -> {
                Job job = byRequest.get(resume.requestId());
                if (job != null && job.run != null) {
                    job.run.resume();
                }
            }
        }
    }

    /** Looks at the clock: deadlines, timeouts, ends of pauses. */
    void sweep() {
        long now = now();
        desk.vendors().sweep(now);
        for (Job job : List.copyOf(jobs)) {
            if (job.run != null) {
                job.run.sweep(now);
            } else if (now >= job.taken.event().request().deadline()) {
                returnUncalled(job, Failure.of(FailureKind.EXPIRED, "The deadline passed before the call."));
            }
        }
        if (desk.allotments().isDue(now)) {
            desk.allotments().renew(jobs.stream().map(job -> job.taken.event()).toList(), now);
        }
        dispatch();
        if (serving.config().router().strategy().needsMeasures()) {
            desk.health().loads().report(now);
        }
        show(now);
    }

    /**
     * Partitions have moved: what of them has not begun is let go of, or each move would add as much again. What runs goes on.
     *
     * @param gone whether an attempt is of theirs
     */
    void moved(Predicate<Taken<Attempt>> gone) {
        for (Job job : List.copyOf(jobs)) {
            if (job.run == null && !job.returned && gone.test(job.taken)) {
                job.returned = true;
                if (job.ticket != null) {
                    scheduler.release(job.ticket);
                }
                desk.meters().givenBack();
                conclude(job, Future.failedFuture(new NotOursException()));
            }
        }
    }

    /** Starts nothing more. @return succeeds when nothing runs any more */
    Future<Void> drain() {
        draining = true;
        idleIfSo();
        return idle.future();
    }

    /** Ends what runs: what was sent as unknown, what was not sent is left to be delivered again. */
    void cutOff() {
        for (Job job : List.copyOf(jobs)) {
            if (job.run != null) {
                job.run.cutOff();
            }
        }
    }

    private Future<Void> queue(Job job) {
        Line line = job.assignment.line();
        if (line.workClass() == WorkClass.INTERACTIVE && scheduler.waiting(line) >= LONGEST_LINE) {
            desk.meters().queueFull();
            return returns.giveBack(
                    job.taken,
                    job.topic,
                    job.assignment,
                    new Failure(
                            FailureKind.OVERLOADED,
                            "Too many requests wait for this deployment.",
                            0,
                            OVERLOADED_RETRY_MILLIS));
        }
        job.ticket = scheduler.offer(line, job);
        jobs.add(job);
        signalsGoTo(job);
        dispatch();
        return job.done.future();
    }

    /**
     * What clients signal concerns the last attempt of their request: the one before it may still wait for an acknowledgement. Not one
     * that is delivered again while it runs: that one has no call.
     */
    private void signalsGoTo(Job job) {
        Attempt attempt = job.taken.event();
        Job before = byRequest.get(attempt.requestId());
        if (before == null || !before.taken.event().id().equals(attempt.id())) {
            byRequest.put(attempt.requestId(), job);
        }
    }

    private void dispatch() {
        if (dispatching || draining) {
            return;
        }
        dispatching = true;
        try {
            Ticket<Job> ticket = scheduler.next(this::open);
            while (ticket != null) {
                begin(ticket);
                ticket = scheduler.next(this::open);
            }
        } finally {
            dispatching = false;
        }
    }

    private boolean open(Line line) {
        return desk.health().pauseLeft(line.account(), now()) == 0;
    }

    /** Its turn has come; what was lawful when it came is judged again. */
    private void begin(Ticket<Job> ticket) {
        Job job = ticket.item();
        switch (admission.judge(job.taken, job.topic, serving, now())) {
            case Verdict.Returned returned -> returnUncalled(job, returned.failure());
            case Verdict.Admitted admitted -> {
                AttemptRun run = new AttemptRun(desk, admitted.assignment(), () -> callOver(job, ticket));
                job.run = run;
                conclude(job, run.start());
            }
        }
    }

    private void callOver(Job job, Ticket<Job> ticket) {
        scheduler.release(ticket);
        returnPaused(job);
        dispatch();
        idleIfSo();
    }

    private void conclude(Job job, Future<Void> outcome) {
        outcome.onComplete((acknowledged, cause) -> {
            jobs.remove(job);
            byRequest.remove(job.taken.event().requestId(), job);
            idleIfSo();
            if (cause == null) {
                job.done.complete();
            } else {
                job.done.fail(cause);
            }
        });
    }

    /** The account of a call that is over may be paused now: interactive work that waits for it can go elsewhere. */
    private void returnPaused(Job job) {
        String account = job.topic.account().orElse("");
        long left = desk.health().pauseLeft(account, now());
        if (left > 0) {
            scheduler
                    .withdraw(line -> line.workClass() == WorkClass.INTERACTIVE
                            && line.account().equals(account))
                    .forEach(waiting -> returnUncalled(waiting, Admission.paused(left)));
        }
    }

    private void cancel(String requestId) {
        cancelled.add(requestId);
        Job job = byRequest.get(requestId);
        if (job == null || job.returned) {
            return;
        }
        desk.meters().cancelled();
        if (job.run != null) {
            job.run.cancel();
        } else {
            returnUncalled(job, Failure.of(FailureKind.CANCELLED, "The request was cancelled."));
        }
    }

    private void returnUncalled(Job job, Failure failure) {
        if (job.returned) {
            return;
        }
        job.returned = true;
        if (job.ticket != null) {
            scheduler.release(job.ticket);
        }
        conclude(job, returns.giveBack(job.taken, job.topic, job.assignment, failure));
    }

    private void tellKeys(Serving before) {
        long now = now();
        for (Serving.Served served : serving.deployments().values()) {
            Serving.Served was = before.deployments().get(served.deployment().id());
            if (!admission.mayCall(served.deployment())) {
                continue; // it has no such key on purpose
            }
            if (served.credential() instanceof Credential.Missing(String why)) {
                desk.health().keyMissing(served.deployment(), why, now);
            } else if (was != null && !was.credential().equals(served.credential())) {
                desk.health().keyFound(served.deployment(), now);
            }
        }
    }

    private void idleIfSo() {
        if (draining && scheduler.running() == 0) {
            for (Job job : jobs) {
                if (job.run != null) {
                    return;
                }
            }
            idle.tryComplete();
        }
    }

    private void show(long now) {
        desk.meters()
                .show(
                        inFlight,
                        scheduler.running(),
                        scheduler.waiting(WorkClass.INTERACTIVE),
                        scheduler.waiting(WorkClass.DEFERRED),
                        desk.health().pausedAccounts(now));
    }

    private long now() {
        return desk.clock().getAsLong();
    }

    private static Topics.Parsed parse(String topic) {
        return Topics.parse(topic).orElseThrow(() -> new IllegalArgumentException("not a work topic: " + topic));
    }
}
