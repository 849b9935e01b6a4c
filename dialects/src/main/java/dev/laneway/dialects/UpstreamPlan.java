package dev.laneway.dialects;

import dev.laneway.contracts.Failure;

/** The call that a request becomes, or the reason why it can't become one at this vendor. */
public sealed interface UpstreamPlan {

    record Call(UpstreamCall call) implements UpstreamPlan {}

    /** Nothing was sent. Another vendor may well be able to. */
    record Refused(Failure failure) implements UpstreamPlan {}
}
