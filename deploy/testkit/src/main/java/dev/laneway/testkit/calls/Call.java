package dev.laneway.testkit.calls;

import dev.laneway.testkit.answers.Usage;
import dev.laneway.testkit.wire.Vendor;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A call as it stood at one moment.
 *
 * @param seq its number, from 1 since the last reset
 * @param started when its head arrived
 * @param attemptId the caller's {@code x-client-request-id}, empty when it sent none
 * @param vendor whose wire format it spoke
 * @param path without the query
 * @param model as the caller named it, empty when the body was not read
 * @param stream whether a stream was asked for
 * @param status the HTTP status sent, 0 while none was
 * @param fault the fault it met, by name and options, else empty
 * @param usage what it used; of a broken answer only what was sent
 * @param pricePicos the price of that, in trillionths of a US dollar: exact
 * @param images in the prompt
 * @param finish how it ended
 * @param clientClosed whether the client had left by then
 * @param firstByteMicros from its arrival to the first byte of content
 * @param endMicros from its arrival to its end
 * @param key fingerprint of the key, empty when there was none
 * @param bodySha256 of the request's body, in hex; empty while it hasn't arrived
 */
public record Call(
        long seq,
        Instant started,
        String attemptId,
        Vendor vendor,
        String path,
        String model,
        boolean stream,
        int status,
        String fault,
        Usage usage,
        long pricePicos,
        int images,
        Finish finish,
        boolean clientClosed,
        OptionalLong firstByteMicros,
        OptionalLong endMicros,
        String key,
        String bodySha256) {
    /** The price in millionths of a US dollar, rounded half up. */
    public long priceMicros() {
        return Prices.toMicros(pricePicos);
    }
}
