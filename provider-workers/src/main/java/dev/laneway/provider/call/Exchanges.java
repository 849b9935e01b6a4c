package dev.laneway.provider.call;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;

/** Opens exchanges with vendors. Safe on any thread. */
@FunctionalInterface
public interface Exchanges {
    /**
     * The call that a body becomes, and the pipe for its answer.
     *
     * @param caller what the client speaks
     */
    Exchange open(Dialect caller, byte[] body, Target target, RenderContext context);

    /** Those of the dialects module. */
    static Exchanges ofDialects() {
        return (caller, body, target, context) -> Exchange.open(Dialects.inbound(caller), body, target, context);
    }
}
