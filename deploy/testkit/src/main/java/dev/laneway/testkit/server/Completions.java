package dev.laneway.testkit.server;

import dev.laneway.testkit.answers.Answer;
import dev.laneway.testkit.answers.Answerer;
import dev.laneway.testkit.answers.Ask;
import dev.laneway.testkit.answers.Mix;
import dev.laneway.testkit.answers.Shaping;
import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.limits.Admission;
import dev.laneway.testkit.models.Behaviour;
import dev.laneway.testkit.wire.CallIds;
import dev.laneway.testkit.wire.VendorCall;
import java.util.Optional;

/** Answers requests that were understood: limit, answer, delivery. */
final class Completions {
    private final Service service;

    Completions(Service service) {
        this.service = service;
    }

    Reply reply(Visit visit, VendorCall understood, Optional<Fault> fault) {
        Ask ask = understood.ask();
        int asked = ask.prompt().tokens();
        int window = ask.model().behaviour().contextWindow();
        if (asked > window) {
            return visit.error(visit.wire().contextWindow(asked, window));
        }
        String model = ask.model().full();
        Admission admission = service.limits().admit(visit.account(), model, (long) asked + Answerer.atMost(ask));
        visit.wire()
                .rateHeaders(
                        visit.request().response().headers(),
                        admission.standing(),
                        service.clock().millis());
        return switch (admission) {
            case Admission.Denied denied ->
                visit.error(visit.wire().overLimit(denied, model))
                        .after(Optional.of(Long.toString(Math.max(1, (denied.retryAfterMillis() + 999) / 1000))));
            case Admission.Admitted admitted -> {
                visit.call().whenEnded(admitted.release());
                fault.ifPresent(visit::meets);
                yield answered(visit, understood, fault);
            }
        };
    }

    private Reply answered(Visit visit, VendorCall understood, Optional<Fault> fault) {
        Ask ask = understood.ask();
        Answer answer = service.answerer().answer(ask, Mix.of(visit.account()));
        Optional<Fault.Delivery> delivery = Optional.empty();
        if (fault.isPresent()) {
            switch (fault.get()) {
                case Fault.Shaping shaping -> answer = Shaping.apply(shaping, answer);
                case Fault.Delivery bad -> delivery = Optional.of(bad);
                case Fault.Instead instead -> throw new IllegalStateException(instead + " leaves no answer");
            }
        }
        visit.call().due(answer.usage());
        long draw = draw(visit);
        CallIds ids = new CallIds(draw, service.clock().millis() / 1000);
        Behaviour behaviour = ask.model().behaviour();
        long ttft = behaviour.ttft().millis(draw);
        boolean stream = ask.stream() && !(delivery.isPresent() && delivery.get() instanceof Fault.NotStreamed);
        String model = ask.model().full();
        if (stream) {
            StreamReply reply =
                    new StreamReply(visit.wire(), understood.stream(answer, ids), ttft, behaviour.gapMillis());
            return delivery.map(bad -> reply.plan(bad, visit.broken(FaultReplies.inStream(visit, bad, model))))
                    .orElseGet(reply::plan);
        }
        long generating = behaviour.gapMillis() * Math.max(0, behaviour.chunks() - 1);
        WholeReply reply =
                new WholeReply(understood.whole(answer, ids), answer.usage().completion(), ttft + generating);
        return delivery.map(bad -> reply.plan(bad, visit.body(FaultReplies.inStream(visit, bad, model))))
                .orElseGet(reply::plan);
    }

    /** The bits that belong to a call. */
    long draw(Visit visit) {
        return Mix.of(service.config().seed(), visit.call().seq(), 1);
    }
}
