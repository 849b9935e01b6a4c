package dev.laneway.testkit.wire;

import dev.laneway.testkit.answers.Answer;
import dev.laneway.testkit.answers.Ask;

/** A request that was understood, and how its answer is written. */
public interface VendorCall {
    Ask ask();

    /** The answer as one JSON body. */
    String whole(Answer answer, CallIds ids);

    /** The answer as a stream of events. */
    StreamScript stream(Answer answer, CallIds ids);
}
