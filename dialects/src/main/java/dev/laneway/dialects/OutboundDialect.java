package dev.laneway.dialects;

import dev.laneway.contracts.Dialect;

/**
 * The vendor's side of a wire format that clients speak too, so that requests and answers can go through as they came. The pipes that
 * it makes belong to one answer and one thread.
 */
public interface OutboundDialect extends VendorSide {

    @Override
    Dialect id();

    /**
     * Forwards a body that is already in this dialect. Only the value of the top-level {@code model} is replaced, and what
     * {@link Target#policy()} and the vendor's row demand; every other byte is as it came.
     */
    UpstreamPlan passThrough(byte[] body, Target target);

    /** Forwards an answer with status 2xx to a caller of the same dialect. */
    AnswerPipe passThroughAnswer(RenderContext context);

    /** The same, for the answer to that request, in dialects whose answers repeat what was asked. */
    default AnswerPipe passThroughAnswer(RenderContext context, byte[] body) {
        return passThroughAnswer(context);
    }
}
