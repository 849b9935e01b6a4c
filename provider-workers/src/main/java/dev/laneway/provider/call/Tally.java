package dev.laneway.provider.call;

/**
 * Guesses from its bytes how many tokens an answer holds, where its vendor does not say. In a stream each line with data is at least one
 * token, and what it is longer than the shortest one is text, four bytes to a token; an answer that is no stream is all text. One
 * context.
 */
final class Tally {
    private static final int BYTES_A_TOKEN = 4;
    /** Shorter lines name an event, or end one. */
    private static final int SHORTEST_DATA = 24;

    private final boolean stream;
    private long lines;
    private long bytes;
    private long inLine;
    private long shortest = Long.MAX_VALUE;

    Tally(boolean stream) {
        this.stream = stream;
    }

    void add(byte[] read) {
        if (!stream) {
            bytes += read.length;
            return;
        }
        for (byte one : read) {
            if (one == '\n') {
                lineEnds();
            } else {
                inLine++;
            }
        }
    }

    private void lineEnds() {
        if (inLine >= SHORTEST_DATA) {
            lines++;
            bytes += inLine;
            shortest = Math.min(shortest, inLine);
        }
        inLine = 0;
    }

    long tokens() {
        if (!stream) {
            return bytes / BYTES_A_TOKEN;
        }
        long rest = inLine / BYTES_A_TOKEN;
        return lines == 0 ? rest : lines + (bytes - lines * shortest) / BYTES_A_TOKEN;
    }
}
