package dev.laneway.dialects;

import dev.laneway.dialects.neutral.ChatRequest;

/**
 * The vendor's side of a wire format in which a model is asked to say something. Implementations are stateless and safe for any number of threads; the readers that they make
 * belong to one answer and one thread.
 */
public interface VendorSide extends AskedVendor {

    /** Writes a neutral request for this vendor, or says why it can't be asked without changing its meaning. */
    UpstreamPlan call(ChatRequest request, Target target);

    /** Whether the target's model takes an assistant's last turn for the beginning of its answer, and goes on from there. */
    boolean takesPrefill(Target target);

    /** Reads an answer with status 2xx into events. */
    AnswerReader reader(boolean stream);
}
