package dev.laneway.accounting.control;

import dev.laneway.contracts.Control;
import io.vertx.core.Future;

/** Publishes an entity to the control topic; the future succeeds when the broker has it for good. */
@FunctionalInterface
public interface ControlSink {
    Future<Void> publish(Control entity);
}
