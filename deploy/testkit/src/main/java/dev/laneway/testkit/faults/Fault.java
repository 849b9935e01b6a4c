package dev.laneway.testkit.faults;

/**
 * One way in which a vendor fails. Three families, by what they replace: the whole answer, its content, or the way it
 * is delivered. {@link FaultNames} gives each its name and options.
 *
 * <p>Counts of chunks start at 0 and count content chunks only; times are milliseconds.
 */
public sealed interface Fault {

    /** The vendor answers something else than a completion. */
    sealed interface Instead extends Fault {}

    /** An error status with the vendor's own body for it. */
    record Status(int code, RetryAfter retryAfter) implements Instead {}

    /** 400: the prompt does not fit the context window. */
    record ContextWindow() implements Instead {}

    /** 400: the prompt is against the vendor's policy. */
    record ContentPolicy() implements Instead {}

    /** 200 with the vendor's error for another status as its body, or as the first and only event of a stream. */
    record ErrorIn200(int status) implements Instead {}

    /** A page of HTML, as a proxy in front of the vendor sends it. */
    record HtmlPage(int status) implements Instead {}

    /** 200 and not one byte. */
    record EmptyBody() implements Instead {}

    /** The answer's content is not what was asked. */
    sealed interface Shaping extends Fault {}

    /** The vendor's filter ends the answer half way. */
    record ContentFilter() implements Shaping {}

    /** The model declines. */
    record Refusal() implements Shaping {}

    /** A well-formed answer with no text in it. */
    record NoText() implements Shaping {}

    /** A well-formed answer with no choice (OpenAI) or no block (Anthropic) in it. */
    record NoChoices() implements Shaping {}

    /** An answer that doesn't say what it used. */
    record NoUsage() implements Shaping {}

    /** An answer of this many characters in one chunk. */
    record HugeChunk(int characters) implements Shaping {}

    /** The answer is right, its delivery is not. */
    sealed interface Delivery extends Fault {}

    /** The first token comes this much later. */
    record SlowFirstToken(long millis) implements Delivery {}

    /** Nothing more is sent: for good when {@code millis} is 0, else for that long. */
    record Stall(Point point, int chunk, long millis) implements Delivery {}

    /** The connection is closed in good order, the answer unfinished. */
    record Cut(Point point, int chunk) implements Delivery {}

    /** The connection is reset (TCP RST). */
    record Reset(Point point, int chunk) implements Delivery {}

    /** The JSON breaks off in the middle, the HTTP answer ends in good order. */
    record TruncatedJson(int chunk) implements Delivery {}

    /**
     * The vendor's error for a status as an event in the middle of a stream; an answer that isn't streamed is that
     * error with status 200.
     */
    record ErrorMidStream(int chunk, int status) implements Delivery {}

    /** One byte at a time. */
    record SlowDrip(long millisPerByte) implements Delivery {}

    /** A stream without its last event ({@code [DONE]}, {@code message_stop}). */
    record NoEnd() implements Delivery {}

    /** A stream without the event that says why it ended (finish reason, {@code message_delta}). */
    record NoFinish() implements Delivery {}

    /** One chunk comes twice. */
    record DuplicateChunk(int chunk) implements Delivery {}

    /** A stream was asked for, and a JSON body comes. */
    record NotStreamed() implements Delivery {}
}
