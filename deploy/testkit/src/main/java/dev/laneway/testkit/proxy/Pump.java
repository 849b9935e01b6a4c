package dev.laneway.testkit.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One direction of one connection: a thread that reads, a bounded queue, and a thread that writes as the dial says. A full queue stops
 * the reading, so that the sender feels what the receiver does.
 */
final class Pump {
    private static final int PIECE = 8 << 10;
    private static final int PIECES = 64;
    private static final byte[] END = {};

    private static final class Piece {
        final byte[] bytes;
        final long due;

        Piece(byte[] bytes, long due) {
            this.bytes = bytes;
            this.due = due;
        }
    }

    private final Direction direction;
    private final Dial dial;
    private final Traffic traffic;
    private final Link link;
    private final Socket from;
    private final Socket to;
    private final BlockingQueue<Piece> queue = new ArrayBlockingQueue<>(PIECES);

    Pump(Direction direction, Dial dial, Traffic traffic, Link link, Socket from, Socket to) {
        this.direction = direction;
        this.dial = dial;
        this.traffic = traffic;
        this.link = link;
        this.from = from;
        this.to = to;
    }

    /** Ends at the end of the stream, which it hands on. */
    void read() throws IOException, InterruptedException {
        byte[] buffer = new byte[PIECE];
        while (true) {
            int length = from.getInputStream().read(buffer);
            if (length < 0) {
                queue.put(new Piece(END, dial.due()));
                return;
            }
            queue.put(new Piece(Arrays.copyOf(buffer, length), dial.due()));
        }
    }

    void write() throws IOException, InterruptedException {
        while (true) {
            Piece piece = queue.take();
            long wait = piece.due - System.nanoTime();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            switch (dial.awaitMoving()) {
                case Mode.BlackHole _ -> {
                    link.spoil();
                    traffic.swallowed.add(piece.bytes.length);
                }
                case Mode.OneByte slowly -> drip(piece.bytes, slowly);
                case Mode.Reset _ -> link.reset();
                case Mode.Pass _, Mode.Latency _, Mode.Cut _ -> hand(piece.bytes, 0, piece.bytes.length);
            }
            if (piece.bytes.length == 0) {
                return;
            }
        }
    }

    private void drip(byte[] bytes, Mode.OneByte slowly) throws IOException, InterruptedException {
        if (bytes.length == 0) {
            hand(bytes, 0, 0);
        }
        for (int i = 0; i < bytes.length; i++) {
            if (dial.mode().equals(slowly)) {
                hand(bytes, i, 1);
                TimeUnit.NANOSECONDS.sleep(slowly.pause().toNanos());
            } else { // it was turned meanwhile: what is left of this piece goes at once
                hand(bytes, i, bytes.length - i);
                return;
            }
        }
    }

    private void hand(byte[] bytes, int at, int length) throws IOException {
        if (bytes.length == 0) {
            to.shutdownOutput();
            return;
        }
        OutputStream out = to.getOutputStream();
        out.write(bytes, at, length);
        traffic.passed(direction).add(length);
    }
}
