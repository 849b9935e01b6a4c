package dev.laneway.ingress.limits;

/**
 * How much an ingress takes on; further work is refused by name.
 *
 * @param waitingPerLane requests of a lane that wait for their first frame, whatever room its config gives it
 * @param clientBufferBytes of a stream, not yet taken by its client: from here on the worker is paused
 * @param clientOverrunBytes what a paused worker may still have had under way; beyond it the client is given up
 * @param answerBytes of an answer that is not streamed
 * @param memoryBytes of all bodies, buffers and answers together
 * @param connections of clients, for each event loop
 */
public record Bounds(
        int waitingPerLane,
        int clientBufferBytes,
        int clientOverrunBytes,
        int answerBytes,
        long memoryBytes,
        int connections) {
    private static final int MIB = 1 << 20;

    public Bounds {
        if (waitingPerLane < 1
                || clientBufferBytes < 1
                || clientOverrunBytes < 0
                || answerBytes < 1
                || memoryBytes < 1
                || connections < 1) {
            throw new IllegalArgumentException("a bound must leave room for something");
        }
    }

    /** Those of a process with so much heap: a quarter of it for bodies and buffers, 64 to 512 MB. */
    public static Bounds forHeap(long heapBytes) {
        long memory = Math.clamp(heapBytes / 4, 64L * MIB, 512L * MIB);
        return new Bounds(100_000, MIB, 4 * MIB, 64 * MIB, memory, 10_000);
    }
}
