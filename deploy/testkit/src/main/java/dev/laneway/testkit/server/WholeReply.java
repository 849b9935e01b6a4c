package dev.laneway.testkit.server;

import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.Point;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Plans how one body is delivered, in good order or by a fault. */
final class WholeReply {
    private final Buffer body;
    private final int tokens;
    private final long waitMillis;

    /**
     * A body and the time until it is there.
     *
     * @param tokens how many tokens it holds
     */
    WholeReply(String text, int tokens, long waitMillis) {
        this.body = Buffer.buffer(text);
        this.tokens = tokens;
        this.waitMillis = waitMillis;
    }

    Reply plan() {
        return reply(steps(new Step.Send(body, tokens), new Step.End()));
    }

    /**
     * The same body, badly delivered.
     *
     * @param error the vendor's error object, for the fault that shows it
     */
    Reply plan(Fault.Delivery fault, String error) {
        int middle = body.length() / 2;
        Step half = new Step.Send(body.slice(0, middle), tokens / 2);
        return switch (fault) {
            case Fault.SlowFirstToken(long millis) ->
                reply(steps(new Step.Wait(millis), new Step.Send(body, tokens), new Step.End()));
            case Fault.Stall(Point point, int chunk, long millis) -> stalled(point, millis);
            case Fault.Cut(Point point, int chunk) -> broken(point, half, new Step.Cut());
            case Fault.Reset(Point point, int chunk) -> broken(point, half, new Step.Reset());
            case Fault.TruncatedJson(int chunk) ->
                new Reply(200, Reply.JSON, OptionalInt.of(middle), Optional.empty(), steps(half, new Step.End()));
            case Fault.ErrorMidStream(int chunk, int status) -> Reply.whole(200, Reply.JSON, error, 0);
            case Fault.SlowDrip(long every) -> reply(steps(new Step.Drip(body, tokens, every), new Step.End()));
            case Fault.NoEnd _, Fault.NoFinish _, Fault.DuplicateChunk _, Fault.NotStreamed _ -> plan();
        };
    }

    private Reply stalled(Point point, long millis) {
        int sent = switch (point) {
            case BEFORE_HEADERS, AFTER_HEADERS -> 0;
            case MID_STREAM -> body.length() / 2;
        };
        List<Step> steps = new ArrayList<>();
        if (point != Point.BEFORE_HEADERS) {
            steps.add(new Step.Head());
        }
        if (sent > 0) {
            steps.add(new Step.Send(body.slice(0, sent), tokens / 2));
        }
        steps.add(new Step.Stall(millis));
        steps.add(new Step.Send(body.slice(sent, body.length()), sent > 0 ? tokens - tokens / 2 : tokens));
        steps.add(new Step.End());
        return reply(steps);
    }

    private Reply broken(Point point, Step half, Step end) {
        return reply(
                switch (point) {
                    case BEFORE_HEADERS -> List.of(end);
                    case AFTER_HEADERS -> List.of(new Step.Head(), end);
                    case MID_STREAM -> steps(half, end);
                });
    }

    private List<Step> steps(Step... then) {
        List<Step> steps = new ArrayList<>();
        if (waitMillis > 0) {
            steps.add(new Step.Wait(waitMillis));
        }
        steps.addAll(List.of(then));
        return steps;
    }

    private Reply reply(List<Step> steps) {
        return new Reply(200, Reply.JSON, OptionalInt.of(body.length()), Optional.empty(), steps);
    }
}
