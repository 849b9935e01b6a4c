package dev.laneway.dialects.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Replacements of parts of a byte array, given from front to back. What is not replaced stays byte by byte as it is. One
 * thread.
 */
public final class Splice {
    private static final class Edit {
        final int from;
        final int to;
        final byte[] by;

        Edit(int from, int to, byte[] by) {
            this.from = from;
            this.to = to;
            this.by = by;
        }
    }

    private final byte[] source;
    private final List<Edit> edits = new ArrayList<>(4);
    private int growth;

    public Splice(byte[] source) {
        this.source = source;
    }

    /** @param from not before the end of the replacement before */
    public Splice replace(int from, int to, String by) {
        var bytes = by.getBytes(StandardCharsets.UTF_8);
        edits.add(new Edit(from, to, bytes));
        growth += bytes.length - (to - from);
        return this;
    }

    public Splice insert(int at, String text) {
        return replace(at, at, text);
    }

    public Splice remove(int from, int to) {
        return replace(from, to, "");
    }

    /** The result; the source itself where nothing changes. */
    public byte[] apply() {
        if (edits.isEmpty()) {
            return source;
        }
        var result = new byte[source.length + growth];
        var read = 0;
        var written = 0;
        for (var edit : edits) {
            var kept = edit.from - read;
            System.arraycopy(source, read, result, written, kept);
            System.arraycopy(edit.by, 0, result, written + kept, edit.by.length);
            written += kept + edit.by.length;
            read = edit.to;
        }
        System.arraycopy(source, read, result, written, source.length - read);
        return result;
    }

    /** A JSON string with its quotes. */
    public static String quoted(String text) {
        return new String(new ByteText(text.length() + 16).quoted(text).take(), StandardCharsets.UTF_8);
    }
}
