package dev.laneway.provider.reply;

import java.util.ArrayDeque;

/** Bytes that came in pieces and go out in other pieces; a piece that fits goes out as it came, uncopied. */
final class HeldBytes {
    private static final byte[] NOTHING = {};

    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private int consumed;
    private int size;

    void add(byte[] piece) {
        if (piece.length > 0) {
            pieces.addLast(piece);
            size += piece.length;
        }
    }

    int size() {
        return size;
    }

    /** The first bytes, at most so many. */
    byte[] take(int most) {
        if (size == 0) {
            return NOTHING;
        }
        byte[] first = pieces.getFirst();
        if (consumed == 0 && first.length <= most && (first.length == size || first.length == most)) {
            pieces.removeFirst();
            size -= first.length;
            return first;
        }
        byte[] out = new byte[Math.min(most, size)];
        int at = 0;
        while (at < out.length) {
            byte[] piece = pieces.getFirst();
            int part = Math.min(piece.length - consumed, out.length - at);
            System.arraycopy(piece, consumed, out, at, part);
            at += part;
            consumed += part;
            if (consumed == piece.length) {
                pieces.removeFirst();
                consumed = 0;
            }
        }
        size -= out.length;
        return out;
    }
}
