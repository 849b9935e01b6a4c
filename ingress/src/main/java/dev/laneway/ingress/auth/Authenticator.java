package dev.laneway.ingress.auth;

import io.vertx.core.MultiMap;

/** Decides by a call's headers who calls. Answers from memory, on any thread. */
@FunctionalInterface
public interface Authenticator {
    Admission admit(MultiMap headers);
}
