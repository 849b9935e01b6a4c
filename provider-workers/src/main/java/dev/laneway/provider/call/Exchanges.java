package dev.laneway.provider.call;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.continuing.Continuation;

/** Opens exchanges with vendors. Safe on any thread. */
@FunctionalInterface
public interface Exchanges {
    /**
     * The call that a body becomes, and the pipe for its answer.
     *
     * @param caller what the client speaks
     * @param continuation whether its stream may be continued by another attempt, and whether it continues one
     */
    Exchange open(Dialect caller, byte[] body, Target target, RenderContext context, Continuation continuation);

    /** Those of the dialects module. */
    static Exchanges ofDialects() {
        return (caller, body, target, context, continuation) ->
                Exchange.open(Dialects.caller(caller), body, target, context, continuation);
    }
}
