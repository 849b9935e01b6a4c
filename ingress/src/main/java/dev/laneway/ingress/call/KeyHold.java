package dev.laneway.ingress.call;

import dev.laneway.contracts.ClientNames;
import dev.laneway.contracts.Request;

/** The idempotency key of a request, where its client gave one: kept once the request is accepted, or given back. One thread. */
final class KeyHold {
    private final Desk desk;
    private final Request request;
    private boolean released;

    KeyHold(Desk desk, Request request) {
        this.desk = desk;
        this.request = request;
    }

    /** The broker has the request. */
    void keep() {
        ClientNames names = request.names();
        if (names != null && names.key() != null && !released) {
            desk.names.keep(names.key(), request.id(), desk.kept.get());
        }
    }

    /** The client was told that it was not accepted, and may try again by the same key. */
    void release() {
        ClientNames names = request.names();
        if (names != null && names.key() != null && !released) {
            released = true;
            desk.names.release(names.key(), request.id());
        }
    }
}
