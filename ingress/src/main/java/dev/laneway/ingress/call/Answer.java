package dev.laneway.ingress.call;

import dev.laneway.contracts.Reply;
import dev.laneway.dialects.ClientError;
import org.jspecify.annotations.Nullable;

/** How an answer goes to its client. One request, one event loop. */
sealed interface Answer permits StreamedAnswer, WholeAnswer {
    /** What an answer tells its request. */
    interface Listener {
        /** The client has all of it, as far as HTTP can tell. */
        void handedOver();

        /** The client reads slowly: its worker should pause. */
        void full();

        /** It caught up. */
        void drained();

        /** It holds more than it may. */
        void overrun();
    }

    /**
     * The next bytes.
     *
     * @param head with the first ones
     * @param last nothing follows
     */
    void take(Reply.@Nullable Head head, byte[] bytes, boolean last);

    /** What follows was said by another attempt, which goes on with what was taken so far. */
    void goesOn(Reply.Head head);

    /** Attempts and fallbacks of a request that the ingress ended: how far it had come is not known here. */
    int UNKNOWN = -1;

    /**
     * Ends it with an error: by status where nothing was sent, else in the stream.
     *
     * @param attempts how many calls it took; both numbers, or {@link #UNKNOWN} for both
     */
    void fail(ClientError error, int attempts, int fallbacks, long retryAfterMillis);

    /** Time has passed. */
    void tick(long nowNanos);

    /** True when the client has not taken what it should have for longer than that. */
    boolean stuck(long nowNanos, long patienceNanos);

    /** Gives back what it holds. */
    void release();
}
