package dev.laneway.services;

/**
 * What another try may not meet: somebody took the port between our look and the server's start, or a predecessor that was
 * just killed still holds on to its shared memory.
 */
final class PassingObstacle extends Exception {
    private static final long serialVersionUID = 1L;

    PassingObstacle(String message) {
        super(message);
    }
}
