package dev.laneway.testkit.server;

import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.Point;
import dev.laneway.testkit.wire.StreamScript;
import dev.laneway.testkit.wire.StreamScript.Chunk;
import dev.laneway.testkit.wire.VendorWire;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Plans how a stream is delivered, in good order or by a fault. */
final class StreamReply {
    private final VendorWire wire;
    private final StreamScript script;
    private final long ttftMillis;
    private final long gapMillis;
    private final List<Step> steps = new ArrayList<>();
    private final StringBuilder ready = new StringBuilder();
    private int readyTokens;

    StreamReply(VendorWire wire, StreamScript script, long ttftMillis, long gapMillis) {
        this.wire = wire;
        this.script = script;
        this.ttftMillis = ttftMillis;
        this.gapMillis = gapMillis;
    }

    Reply plan() {
        if (ttftMillis == 0 && gapMillis == 0) {
            Step all = new Step.Send(buffer(script.all()), script.tokens());
            return reply(List.of(all, new Step.End()));
        }
        opening();
        chunks(0, script.chunks().size());
        ready.append(script.finish()).append(script.end());
        return ended();
    }

    /**
     * The same stream, badly delivered.
     *
     * @param error the vendor's error as an event, for the fault that shows it
     */
    Reply plan(Fault.Delivery fault, String error) {
        int count = script.chunks().size();
        return switch (fault) {
            case Fault.SlowFirstToken(long millis) ->
                new StreamReply(wire, script, ttftMillis + millis, gapMillis).plan();
            case Fault.Stall(Point point, int chunk, long millis) -> stalled(point, Math.min(chunk, count), millis);
            case Fault.Cut(Point point, int chunk) -> broken(point, Math.min(chunk, count), new Step.Cut());
            case Fault.Reset(Point point, int chunk) -> broken(point, Math.min(chunk, count), new Step.Reset());
            case Fault.TruncatedJson(int chunk) -> {
                opening();
                int at = Math.min(chunk, count);
                chunks(0, at);
                String last = at < count ? script.chunks().get(at).text() : script.finish();
                ready.append(last, 0, last.length() / 2);
                yield ended();
            }
            case Fault.ErrorMidStream(int chunk, int status) -> {
                opening();
                chunks(0, Math.min(chunk, count));
                ready.append(error);
                yield ended();
            }
            case Fault.SlowDrip(long every) -> {
                pause(ttftMillis);
                steps.add(new Step.Drip(buffer(script.all()), script.tokens(), every));
                yield ended();
            }
            case Fault.NoEnd() -> {
                opening();
                chunks(0, count);
                ready.append(script.finish());
                yield ended();
            }
            case Fault.NoFinish() -> {
                opening();
                chunks(0, count);
                ready.append(script.end());
                yield ended();
            }
            case Fault.DuplicateChunk(int chunk) -> {
                opening();
                int twice = Math.min(chunk, Math.max(0, count - 1));
                chunks(0, Math.min(twice + 1, count));
                ready.append(count == 0 ? "" : script.chunks().get(twice).text());
                chunks(twice + 1, count);
                ready.append(script.finish()).append(script.end());
                yield ended();
            }
            case Fault.NotStreamed() -> plan();
        };
    }

    private Reply stalled(Point point, int chunk, long millis) {
        int before = point == Point.MID_STREAM ? chunk : 0;
        switch (point) {
            case BEFORE_HEADERS -> {}
            case AFTER_HEADERS, MID_STREAM -> steps.add(new Step.Head());
        }
        if (point == Point.BEFORE_HEADERS) {
            steps.add(new Step.Stall(millis));
            opening();
        } else {
            opening();
            chunks(0, before);
            flush();
            steps.add(new Step.Stall(millis));
        }
        chunks(before, script.chunks().size());
        ready.append(script.finish()).append(script.end());
        return ended();
    }

    private Reply broken(Point point, int chunk, Step end) {
        switch (point) {
            case BEFORE_HEADERS -> {}
            case AFTER_HEADERS -> steps.add(new Step.Head());
            case MID_STREAM -> {
                opening();
                chunks(0, chunk);
            }
        }
        flush();
        steps.add(end);
        return reply(steps);
    }

    private void opening() {
        pause(ttftMillis);
        ready.append(script.opening());
    }

    private void chunks(int from, int to) {
        for (int i = from; i < to; i++) {
            Chunk chunk = script.chunks().get(i);
            if (i > 0) {
                pause(gapMillis);
            }
            ready.append(chunk.text());
            readyTokens += chunk.tokens();
        }
    }

    private void pause(long millis) {
        if (millis > 0) {
            flush();
            steps.add(new Step.Wait(millis));
        }
    }

    private void flush() {
        if (!ready.isEmpty()) {
            steps.add(new Step.Send(buffer(ready.toString()), readyTokens));
            ready.setLength(0);
            readyTokens = 0;
        }
    }

    private Reply ended() {
        flush();
        steps.add(new Step.End());
        return reply(steps);
    }

    private Buffer buffer(String text) {
        return Buffer.buffer(text.getBytes(wire.streamCharset()));
    }

    private Reply reply(List<Step> steps) {
        return new Reply(200, wire.streamType(), OptionalInt.empty(), Optional.empty(), steps);
    }
}
