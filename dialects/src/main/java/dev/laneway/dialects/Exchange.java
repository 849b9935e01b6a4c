package dev.laneway.dialects;

import dev.laneway.contracts.Failure;

/**
 * One attempt in both directions: the call to make, and the pipe that its answer (status 2xx) goes through to the caller.
 * The simplest way to use this module from a worker.
 */
public sealed interface Exchange {

    record Ready(UpstreamCall call, AnswerPipe answer) implements Exchange {}

    /** The request can't be put to this vendor; nothing is to be sent. */
    record Refused(Failure failure) implements Exchange {}
}
