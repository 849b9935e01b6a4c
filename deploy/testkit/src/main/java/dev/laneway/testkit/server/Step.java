package dev.laneway.testkit.server;

import io.vertx.core.buffer.Buffer;

/** One step of a reply. */
sealed interface Step {
    /** Sends status and headers now instead of with the first bytes. */
    record Head() implements Step {}

    /** Sends bytes that hold so many tokens. */
    record Send(Buffer bytes, int tokens) implements Step {}

    /** Sends bytes one at a time. */
    record Drip(Buffer bytes, int tokens, long millisPerByte) implements Step {}

    /** Waits, counted from when the step before was due, so that errors don't add up. */
    record Wait(long millis) implements Step {}

    /** Sends nothing for so long; for good when 0. */
    record Stall(long millis) implements Step {}

    /** Closes the connection in good order, in the middle of the answer. */
    record Cut() implements Step {}

    /** Resets the connection. */
    record Reset() implements Step {}

    /** Ends the answer as it should. */
    record End() implements Step {}
}
