package dev.laneway.provider.credentials;

import dev.laneway.contracts.Failure;
import dev.laneway.dialects.UpstreamCall;

/** What became of putting credentials on a call. */
public sealed interface Authorization {
    /** The call, as it is to be sent. */
    record Given(UpstreamCall call) implements Authorization {}

    /** There is nothing to authorise it by. The failure holds no secret. */
    record Denied(Failure failure) implements Authorization {}
}
