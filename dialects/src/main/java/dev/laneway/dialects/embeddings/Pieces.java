package dev.laneway.dialects.embeddings;

import java.util.ArrayList;
import java.util.List;

/** A body that came in pieces, which are not copied before they are put together. One thread. */
final class Pieces {
    @SuppressWarnings("ArrayRecordComponent") // a view of bytes that nobody changes
    private record Piece(byte[] bytes, int offset, int length) {}

    private final List<Piece> pieces = new ArrayList<>();
    private int size;

    void add(byte[] bytes, int offset, int length) {
        pieces.add(new Piece(bytes, offset, length));
        size += length;
    }

    void clear() {
        pieces.clear();
        size = 0;
    }

    int size() {
        return size;
    }

    /** Whether there is nothing but white space. */
    boolean isBlank() {
        for (var piece : pieces) {
            for (var i = piece.offset; i < piece.offset + piece.length; i++) {
                if (piece.bytes[i] > ' ' || piece.bytes[i] < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    byte[] join() {
        var whole = new byte[size];
        copy(0, size, whole, 0);
        return whole;
    }

    /**
     * The whole with a string replaced: the one whose opening quote is the first at or behind {@code from}.
     *
     * @param to behind its closing quote
     */
    byte[] join(int from, int to, byte[] by) {
        var head = new byte[to];
        copy(0, to, head, 0);
        var start = from;
        while (head[start] != '"') {
            start++;
        }
        var whole = new byte[size - (to - start) + by.length];
        System.arraycopy(head, 0, whole, 0, start);
        System.arraycopy(by, 0, whole, start, by.length);
        copy(to, size, whole, start + by.length);
        return whole;
    }

    private void copy(int from, int to, byte[] into, int at) {
        var begin = 0;
        for (var piece : pieces) {
            var first = Math.max(from, begin);
            var last = Math.min(to, begin + piece.length);
            if (first < last) {
                System.arraycopy(piece.bytes, piece.offset + first - begin, into, at + first - from, last - first);
            }
            begin += piece.length;
        }
    }
}
