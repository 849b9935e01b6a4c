package dev.laneway.services;

/** Somebody took the port between our look and the server's start; another port may do. */
final class PortTaken extends Exception {
    private static final long serialVersionUID = 1L;

    PortTaken(String message) {
        super(message);
    }
}
