package dev.laneway.ingress.http;

import dev.laneway.ingress.limits.MemoryBudget;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads request bodies: no further than the limit, no more of them at once than the budget holds, and none that stopped to arrive.
 * What the client still sends after a refusal is thrown away as it comes, up to a bound, so that it gets to read the refusal. One event loop, one intake.
 */
public final class BodyIntake {
    private static final int FIRST_BYTES = 16 * 1024;
    /** Of a refused body; then the connection is closed. */
    private static final long DISCARDED_BYTES = 64L << 20;

    private final MemoryBudget budget;
    private final Set<Reading> under = new HashSet<>();

    /** Learns what became of a body. */
    public interface Reader {
        /** The whole body; its length was taken from the budget, and is the reader's to give back. */
        void whole(byte[] body);

        void refused(Refusal reason);

        /** The client is gone. */
        void gone();
    }

    public BodyIntake(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Reads a body whose request has just come, and whose bytes have not. */
    public void read(HttpServerRequest http, long maxBytes, Reader reader) {
        String declared = http.headers().get("content-length");
        long expected = declared == null ? -1 : parse(declared);
        if (expected > maxBytes) {
            discard(http);
            reader.refused(Refusal.TOO_LARGE);
            return;
        }
        Reading reading = new Reading(http, maxBytes, (int) expected, reader);
        under.add(reading);
        http.handler(reading::take).endHandler(v -> reading.end()).exceptionHandler(reading::broken);
        if (Framing.waitsForContinue(http)) {
            http.response().writeContinue();
        }
    }

    /** Throws away what comes, for a call that was refused before its body was read. */
    public static void discard(HttpServerRequest http) {
        long[] left = {DISCARDED_BYTES};
        http.handler(bytes -> {
            left[0] -= bytes.length();
            if (left[0] < 0) {
                stop(http);
            }
        });
        http.exceptionHandler(cause -> {});
    }

    /** Nothing more of it: other streams of an HTTP/2 connection are not to suffer. */
    private static void stop(HttpServerRequest http) {
        if (http.version() == HttpVersion.HTTP_2) {
            http.response().reset();
        } else {
            http.connection().close();
        }
    }

    /**
     * Refuses the bodies that stopped to arrive, and those that take too long though they move.
     *
     * @param patienceNanos for the next bytes
     * @param wholeNanos for all of them
     */
    public void sweep(long nowNanos, long patienceNanos, long wholeNanos) {
        if (!under.isEmpty()) {
            under.stream()
                    .filter(reading ->
                            nowNanos - reading.lastRead > patienceNanos || nowNanos - reading.begun > wholeNanos)
                    .toList()
                    .forEach(Reading::tooSlow);
        }
    }

    private static long parse(String length) {
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private final class Reading {
        private final HttpServerRequest http;
        private final long maxBytes;
        private final int expected;
        private final Reader reader;
        private byte[] bytes = {};
        private int length;
        private final long begun = System.nanoTime();
        private long lastRead = begun;
        private boolean over;

        Reading(HttpServerRequest http, long maxBytes, int expected, Reader reader) {
            this.http = http;
            this.maxBytes = maxBytes;
            this.expected = expected;
            this.reader = reader;
        }

        void take(Buffer chunk) {
            if (over) {
                return;
            }
            int more = chunk.length();
            lastRead = System.nanoTime();
            if (length + (long) more > maxBytes) {
                refuse(Refusal.TOO_LARGE);
            } else if (!budget.reserve(more)) {
                refuse(Refusal.MEMORY_FULL);
            } else {
                makeRoom(length + more);
                chunk.getBytes(bytes, length);
                length += more;
            }
        }

        void end() {
            if (finish()) {
                reader.whole(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
            }
        }

        void tooSlow() {
            if (!over) {
                refuse(Refusal.SLOW_BODY);
                if (http.version() != HttpVersion.HTTP_2) {
                    http.connection().close();
                }
            }
        }

        /** The client is gone, or its chunks are none: then it is told, and Vert.x closes the connection. */
        void broken(Throwable cause) {
            if (finish()) {
                budget.release(length);
                bytes = new byte[0];
                if (cause instanceof DecoderException || cause instanceof IllegalArgumentException) {
                    http.response().putHeader(HeaderNames.CONNECTION, HeaderNames.CLOSE);
                    reader.refused(Refusal.MALFORMED_HTTP);
                    Wire.flush(http.connection());
                } else {
                    reader.gone();
                }
            }
        }

        private void refuse(Refusal reason) {
            if (finish()) {
                budget.release(length);
                bytes = new byte[0];
                discard(http);
                reader.refused(reason);
            }
        }

        private boolean finish() {
            boolean first = !over;
            over = true;
            under.remove(this);
            return first;
        }

        /** Grows with what has really come: a large Content-Length alone costs nothing. */
        private void makeRoom(int needed) {
            if (needed > bytes.length) {
                long grown = Math.max(needed, Math.max(FIRST_BYTES, bytes.length * 2L));
                long room = expected >= needed ? Math.min(grown, expected) : Math.min(grown, maxBytes);
                bytes = Arrays.copyOf(bytes, (int) Math.max(room, needed));
            }
        }
    }
}
