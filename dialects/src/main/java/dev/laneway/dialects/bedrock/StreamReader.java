package dev.laneway.dialects.bedrock;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.AnswerReader;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatEvent;
import java.util.ArrayList;
import java.util.List;

/** Reads a ConverseStream. One that said why it stopped is whole, although {@code metadata} be missing. */
final class StreamReader implements AnswerReader {
    private static final int LONGEST_DOCUMENT = 64 << 10;
    private static final String NO_STREAM = "The vendor answered with something other than its event stream.";

    private final EventFramer frames = new EventFramer();
    private final List<ChatEvent> events = new ArrayList<>();
    private final EventReader reader = new EventReader(events);
    /** A JSON document in place of a stream: no message begins with a brace, it would be too long. */
    private final ByteText document = new ByteText(0);

    private boolean any;
    private boolean finished;
    private boolean failed;

    @Override
    public List<ChatEvent> feed(byte[] bytes, int offset, int length) {
        if (over() || length == 0) {
            return List.of();
        }
        if (!document.isEmpty() || (!any && !frames.pending() && bytes[offset] == '{')) {
            document.raw(bytes, offset, offset + Math.min(length, LONGEST_DOCUMENT - document.length()));
            return List.of();
        }
        frames.feed(bytes, offset, length);
        for (var frame = frames.next(); frame != null && !over(); frame = over() ? null : frames.next()) {
            any = true;
            read(frame);
        }
        if (!over() && frames.broken()) {
            fail(Failure.of(FailureKind.MALFORMED, NO_STREAM));
        }
        return taken();
    }

    @Override
    public List<ChatEvent> end() {
        if (!document.isEmpty()) {
            fail(Errors.inBand(Json.tree(document.take()), NO_STREAM));
        } else if (!over()) {
            if (reader.stopped() && !frames.pending()) {
                finished = true;
            } else if (any || frames.pending()) {
                fail(Failure.of(FailureKind.CUT_STREAM, "The vendor's stream ended in the middle."));
            } else {
                fail(Failure.of(FailureKind.EMPTY_ANSWER, "The vendor's answer was empty."));
            }
        }
        return taken();
    }

    private void read(EventFrame frame) {
        var type = frame.header(":message-type");
        if (type.equals("error")) {
            fail(Errors.failure(0, frame.header(":error-code"), frame.header(":error-message"), 0));
            return;
        }
        var payload = Json.tree(frame.payload());
        if (type.equals("exception")) {
            var message = payload == null ? "" : payload.path("message").asText("");
            fail(Errors.failure(0, frame.header(":exception-type"), message, 0));
        } else if (payload == null || !payload.isObject()) {
            fail(Failure.of(FailureKind.MALFORMED, "The vendor sent an event that is not JSON."));
        } else if (!reader.read(frame.header(":event-type"), payload)) {
            finished = true;
        }
    }

    private void fail(Failure failure) {
        events.add(new ChatEvent.Failed(failure));
    }

    private boolean over() {
        failed |= !events.isEmpty() && events.getLast() instanceof ChatEvent.Failed;
        return finished || failed;
    }

    @Override
    public boolean finished() {
        return finished;
    }

    private List<ChatEvent> taken() {
        over();
        var taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}
