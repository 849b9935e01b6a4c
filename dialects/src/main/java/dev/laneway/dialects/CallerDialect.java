package dev.laneway.dialects;

import dev.laneway.contracts.Dialect;
import java.nio.charset.StandardCharsets;

/**
 * How callers of one API speak, whatever they ask for: what their requests must be like, and how they are told of errors. What they
 * are answered with is up to the kind: {@link InboundDialect} for words of a model, {@link EmbeddingsInbound} for vectors.
 * Implementations are stateless and safe for any number of threads.
 */
public sealed interface CallerDialect permits InboundDialect, EmbeddingsInbound {

    Dialect id();

    /**
     * Validates a request body and extracts what planning needs, in one pass and without a tree. Unknown fields pass.
     *
     * @param body a whole request body; not modified
     */
    Inspection inspect(byte[] body);

    /**
     * The same, where the request's address says what in most dialects the body says; those ignore it.
     *
     * @param addressed as the address has it
     */
    default Inspection inspect(byte[] body, Addressed addressed) {
        return inspect(body);
    }

    /** The body of an HTTP error, as JSON. */
    byte[] errorBody(ClientError error);

    /**
     * The last frames of a stream that failed after it began. They end it in a way that the dialect's SDKs raise as an
     * error; nothing may follow them. In a dialect without streams, the error's body.
     */
    byte[] errorFrames(ClientError error);

    /** What stands before a whole answer, in ASCII, where a client's form of it adds something to what the dialect wrote. */
    default String opening() {
        return "";
    }

    /** What stands behind it. */
    default String closing() {
        return "";
    }

    /** The media type of an answer: {@code text/event-stream} for a stream, unless the dialect streams otherwise, else {@code application/json}. */
    default String contentType(boolean stream) {
        return stream ? "text/event-stream" : "application/json";
    }

    /** How the frames of a stream are told apart. */
    default StreamForm streamForm() {
        return StreamForm.EVENTS;
    }

    /**
     * A frame that says nothing, to keep a stream's connection open where its answer is slow to begin or to go on.
     *
     * @param model as the client named it
     * @param createdAt seconds since the epoch
     */
    default byte[] idleFrame(String model, long createdAt) {
        return ": waiting\n\n".getBytes(StandardCharsets.US_ASCII);
    }
}
