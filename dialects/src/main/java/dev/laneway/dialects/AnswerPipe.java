package dev.laneway.dialects;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.neutral.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * Turns a vendor's answer (status 2xx) into the caller's, whether by translation or by passing it through, and keeps what it
 * saw on the way. Cuts may fall anywhere. A spoiled answer is {@link #failure()}, never an exception: the bytes returned so
 * far are good, nothing further comes, and the one who reads closes the stream by {@link InboundDialect#errorFrames}. One
 * answer, one thread.
 */
public interface AnswerPipe {

    /**
     * Takes the next bytes, which must not change afterwards: they may be kept until their frame is whole.
     *
     * @return whole frames for the caller, possibly none; always none where the answer is no stream
     */
    byte[] feed(byte[] bytes, int offset, int length);

    default byte[] feed(byte[] bytes) {
        return feed(bytes, 0, bytes.length);
    }

    /** The connection ended as HTTP says it should. @return the last frames of a stream, or the whole body; none if it failed */
    byte[] end();

    /**
     * Whether a real token has been seen: text, reasoning, refusal, a tool call or a signature. Until then nothing is to be
     * committed to the client; from then on a failure ends its stream.
     */
    boolean tokenSeen();

    /**
     * About how many tokens came, by the script of the text and at least one a piece: for the bill of an answer whose vendor does not tell, or
     * that broke off before it did. At least 1 from {@link #tokenSeen} on, else 0.
     */
    long tokensSeen();

    /** Whether the vendor said that the answer is whole. Bytes that follow are ignored. */
    boolean finished();

    /** Why the vendor stopped, of the first choice; null while unknown. */
    @Nullable
    FinishReason finishReason();

    /** What the vendor reported last; null where it never did. */
    @Nullable
    TokenUsage usage();

    /** What spoiled the answer; null while nothing did. */
    @Nullable
    Failure failure();

    /**
     * What the caller was told so far, for another attempt to go on with: bytes of a {@link
     * dev.laneway.dialects.continuing.Beginning}. Empty where nobody can, and where it was not asked to be kept.
     */
    default byte[] beginning() {
        return new byte[0];
    }
}
