package dev.laneway.ingress.call;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.notices.NoticeOutlet;
import io.vertx.core.Future;

/** What an event loop publishes. To be used on its loop. */
public interface Outbox extends NoticeOutlet {
    /**
     * Publishes a request with its body. Succeeds when the broker has acknowledged all of it; fails with a {@link
     * dev.laneway.runtime.kafka.SinkException} within about two seconds of the broker's silence.
     */
    Future<Void> publish(String topic, Request request, byte[] body);

    /** Publishes that a request that was accepted has another name. Succeeds and fails as {@link #publish} does. */
    Future<Void> mark(Fact.Subject subject);

    /** Publishes a signal, now or when the broker is back. */
    void signal(Zone zone, Signal signal);

    /** Sends what waits for the broker, if it is back; called now and then. */
    void flush();

    Future<Void> close();
}
