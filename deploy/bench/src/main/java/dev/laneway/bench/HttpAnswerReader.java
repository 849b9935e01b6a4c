package dev.laneway.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads answers of one HTTP/1.1 connection just far enough to know their status and where each ends: the load generator must cost
 * less than what it measures. Answers have a {@code content-length} or are chunked. Not safe across threads.
 */
final class HttpAnswerReader {
    /** Told of each complete answer and of each piece of a body. */
    interface Listener {
        void piece(byte[] bytes, int from, int length);

        void complete(int status);
    }

    private enum Part {
        HEAD,
        FIXED,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private final Listener listener;
    private final byte[] line = new byte[16 * 1024];
    private int filled;
    private Part part = Part.HEAD;
    private int status;
    private long left;

    HttpAnswerReader(Listener listener) {
        this.listener = listener;
    }

    void feed(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            switch (part) {
                case HEAD -> {
                    line[filled++] = bytes[at++];
                    if (headEnds()) {
                        head();
                    }
                }
                case FIXED, CHUNK -> {
                    int take = (int) Math.min(left, bytes.length - at);
                    listener.piece(bytes, at, take);
                    at += take;
                    left -= take;
                    if (left == 0) {
                        if (part == Part.FIXED) {
                            done();
                        } else {
                            part = Part.CHUNK_END;
                        }
                    }
                }
                case CHUNK_SIZE, CHUNK_END, TRAILER -> {
                    byte b = bytes[at++];
                    if (b == '\n') {
                        lineEnds();
                    } else if (b != '\r') {
                        line[filled++] = b;
                    }
                }
            }
        }
    }

    private boolean headEnds() {
        return filled >= 4
                && line[filled - 1] == '\n'
                && line[filled - 2] == '\r'
                && line[filled - 3] == '\n'
                && line[filled - 4] == '\r';
    }

    private void head() {
        String head = new String(line, 0, filled, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        filled = 0;
        status = Integer.parseInt(head.substring(9, 12));
        int length = head.indexOf("content-length:");
        if (length >= 0) {
            int from = length + "content-length:".length();
            left = Long.parseLong(head.substring(from, head.indexOf('\r', from)).trim());
            part = Part.FIXED;
            if (left == 0) {
                done();
            }
        } else {
            part = Part.CHUNK_SIZE;
        }
    }

    private void lineEnds() {
        int length = filled;
        filled = 0;
        switch (part) {
            case CHUNK_END -> part = Part.CHUNK_SIZE;
            case CHUNK_SIZE -> {
                left = Long.parseLong(new String(line, 0, length, StandardCharsets.ISO_8859_1).trim(), 16);
                part = left == 0 ? Part.TRAILER : Part.CHUNK;
            }
            case TRAILER -> {
                if (length == 0) {
                    done();
                }
            }
            case HEAD, FIXED, CHUNK -> throw new IllegalStateException("a line can't end in " + part);
        }
    }

    private void done() {
        part = Part.HEAD;
        listener.complete(status);
    }
}
