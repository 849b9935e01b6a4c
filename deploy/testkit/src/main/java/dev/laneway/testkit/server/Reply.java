package dev.laneway.testkit.server;

import dev.laneway.testkit.wire.VendorWire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is sent for a request.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param length of the body; empty for a chunked one
 * @param retryAfter the header of that name
 * @param steps what happens, ending with {@code End}, {@code Cut}, {@code Reset} or a stall for good
 */
record Reply(int status, CharSequence contentType, OptionalInt length, Optional<String> retryAfter, List<Step> steps) {
    static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=utf-8");

    Reply {
        steps = List.copyOf(steps);
    }

    /** A body that is sent at once. */
    static Reply whole(int status, CharSequence contentType, String text, int tokens) {
        return whole(status, contentType, Buffer.buffer(text), tokens);
    }

    /** A stream that is sent at once. */
    static Reply stream(VendorWire wire, String text) {
        return whole(200, wire.streamType(), Buffer.buffer(text.getBytes(wire.streamCharset())), 0);
    }

    private static Reply whole(int status, CharSequence contentType, Buffer body, int tokens) {
        return new Reply(
                status,
                contentType,
                OptionalInt.of(body.length()),
                Optional.empty(),
                List.of(new Step.Send(body, tokens), new Step.End()));
    }

    Reply after(Optional<String> seconds) {
        return new Reply(status, contentType, length, seconds, steps);
    }

    Reply with(List<Step> next) {
        return new Reply(status, contentType, length, retryAfter, next);
    }
}
