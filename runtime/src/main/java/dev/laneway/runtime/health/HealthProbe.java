package dev.laneway.runtime.health;

import io.vertx.core.Future;

/** Asks one server whether it is there, as cheaply as it can be asked. Used on one context. */
public interface HealthProbe {
    /** The server's part: {@link HealthBoard#DATABASE}, {@link HealthBoard#CACHE} or {@link HealthBoard#BROKER}. */
    String service();

    /** Succeeds when it answered; who asks brings the patience. */
    Future<Void> check();

    Future<Void> close();
}
