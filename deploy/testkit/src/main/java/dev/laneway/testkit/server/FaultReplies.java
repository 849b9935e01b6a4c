package dev.laneway.testkit.server;

import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.wire.VendorError;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is sent where a fault strikes before or instead of a completion. */
final class FaultReplies {
    private final Clock clock;

    FaultReplies(Clock clock) {
        this.clock = clock;
    }

    /**
     * The fault in place of the answer, after the time that the first token would have taken.
     *
     * @param model the model's full name, for the vendor's texts
     */
    Reply instead(Visit visit, Fault.Instead fault, String model, boolean stream, long waitMillis) {
        visit.meets(fault);
        Reply reply = instead(visit, fault, model, stream);
        if (waitMillis == 0) {
            return reply;
        }
        List<Step> steps = new ArrayList<>(List.of(new Step.Wait(waitMillis)));
        steps.addAll(reply.steps());
        return reply.with(steps);
    }

    /** An answer that isn't a completion, as the fault has it. */
    Reply around(Visit visit, Optional<Fault> fault, String text) {
        if (fault.isEmpty()) {
            return Reply.whole(200, Reply.JSON, text, 0);
        }
        return switch (fault.get()) {
            case Fault.Instead instead -> instead(visit, instead, "", false, 0);
            case Fault.Shaping shaping -> Reply.whole(200, Reply.JSON, text, 0);
            case Fault.Delivery delivery -> {
                visit.meets(delivery);
                yield new WholeReply(text, 0, 0).plan(delivery, visit.body(inStream(visit, delivery, "")));
            }
        };
    }

    /** The error that a fault puts into an answer; for one that puts none, what a vendor says of its own failure. */
    static VendorError inStream(Visit visit, Fault.Delivery fault, String model) {
        int status = fault instanceof Fault.ErrorMidStream(int chunk, int said) ? said : 500;
        return visit.wire().ofStatus(status, model);
    }

    private Reply instead(Visit visit, Fault.Instead fault, String model, boolean stream) {
        return switch (fault) {
            case Fault.Status(int code, var retryAfter) ->
                visit.error(visit.wire().ofStatus(code, model)).after(retryAfter.header(clock));
            case Fault.ContextWindow() -> visit.error(visit.wire().contextWindow(200_001, 200_000));
            case Fault.ContentPolicy() -> {
                VendorError error = visit.wire().contentPolicy();
                // Google says so in an answer, which may be a stream
                yield error.status() == 200 && stream
                        ? Reply.stream(visit.wire(), visit.event(error))
                        : visit.error(error);
            }
            case Fault.ErrorIn200(int status) -> {
                VendorError error = visit.wire().ofStatus(status, model);
                yield stream
                        ? Reply.stream(visit.wire(), visit.event(error))
                        : Reply.whole(200, Reply.JSON, visit.body(error), 0);
            }
            case Fault.HtmlPage(int status) ->
                Reply.whole(
                        status,
                        Reply.HTML,
                        "<html><head><title>" + status + "</title></head><body><h1>" + status
                                + "</h1><p>The page can't be shown.</p></body></html>",
                        0);
            case Fault.EmptyBody() -> stream ? Reply.stream(visit.wire(), "") : Reply.whole(200, Reply.JSON, "", 0);
        };
    }
}
