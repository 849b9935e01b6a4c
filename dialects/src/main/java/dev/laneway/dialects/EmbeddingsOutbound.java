package dev.laneway.dialects;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Failure;
import dev.laneway.dialects.embeddings.AnswerShape;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.neutral.EmbeddingRequest;

/**
 * How a vendor is asked for embeddings. Many have none, so it is apart from {@link VendorSide}; who has which is in {@link
 * Dialects#embeddings}.
 */
public interface EmbeddingsOutbound extends AskedVendor {

    /** Writes a neutral request for this vendor, or says why it can't be asked without changing its meaning. */
    UpstreamPlan call(EmbeddingRequest request, Target target);

    /** Where in an answer with status 2xx everything is. */
    AnswerShape shape();

    @Override
    default Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
        return VendorErrors.classify(status, headers, body, now);
    }

    /** One whose callers exist too: their bodies and the vendor's answers can go through as they are. */
    interface Passing extends EmbeddingsOutbound {

        /** What such callers speak. */
        @Override
        Dialect id();

        /**
         * Forwards a body that is already in this dialect. Only the value of the top-level {@code model} is replaced, and what
         * {@link Target#policy()} and the vendor's row demand; every other byte is as it came.
         */
        UpstreamPlan passThrough(byte[] body, Target target);
    }
}
