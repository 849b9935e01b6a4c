package dev.laneway.dialects;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.VendorDialect;
import dev.laneway.dialects.neutral.ChatRequest;

/**
 * The vendor's side of a wire format. Implementations are stateless and safe for any number of threads; the readers that they make
 * belong to one answer and one thread.
 */
public interface VendorSide {

    VendorDialect id();

    /** Writes a neutral request for this vendor, or says why it can't be asked without changing its meaning. */
    UpstreamPlan call(ChatRequest request, Target target);

    /** Whether the target's model takes an assistant's last turn for the beginning of its answer, and goes on from there. */
    boolean takesPrefill(Target target);

    /** Reads an answer with status 2xx into events. */
    AnswerReader reader(boolean stream);

    /**
     * Types an answer with a status other than 2xx. The message is the vendor's, scrubbed of anything that looks like a key and
     * cut at 1,000 characters; a vendor may quote the prompt in it, so it is for the client only.
     *
     * @param body what arrived of it, possibly cut or empty
     * @param now epoch milliseconds, for a {@code Retry-After} that is a date
     */
    Failure classify(int status, HeaderLookup headers, byte[] body, long now);
}
