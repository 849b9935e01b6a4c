package dev.laneway.dialects.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks JSON in place and says where things are. It allocates nothing and checks only what it needs to find its way: bytes that
 * are not JSON make it {@link #lost}, never an exception, but not all such bytes do. Reusable; one thread.
 */
public final class JsonCursor {
    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private int keyStart;
    private int keyEnd;
    private int valueStart;
    private int valueEnd;
    private boolean lost;

    public JsonCursor reset(byte[] json, int from, int to) {
        bytes = json;
        at = from;
        end = to;
        lost = false;
        return this;
    }

    /** Steps into an object. @return whether one begins here; nothing moves otherwise */
    public boolean enterObject() {
        return enter('{');
    }

    /** Steps into an array. @return whether one begins here; nothing moves otherwise */
    public boolean enterArray() {
        return enter('[');
    }

    private boolean enter(char open) {
        skipSpace();
        if (at < end && bytes[at] == open) {
            at++;
            return true;
        }
        return false;
    }

    /** Moves to the value of the next member. The value before must have been skipped or left. @return false at the end */
    public boolean nextMember() {
        if (!separated('}')) {
            return false;
        }
        if (bytes[at] != '"') {
            return stray();
        }
        keyStart = at + 1;
        skipString();
        keyEnd = at - 1;
        skipSpace();
        if (lost || at >= end || bytes[at] != ':') {
            return stray();
        }
        at++;
        return toValue();
    }

    /** Moves to the next element. The element before must have been skipped or left. @return false at the end */
    public boolean nextElement() {
        return separated(']') && toValue();
    }

    private boolean separated(char close) {
        skipSpace();
        if (lost || at >= end) {
            return stray();
        }
        if (bytes[at] == ',') {
            at++;
            skipSpace();
        }
        if (at >= end) {
            return stray();
        }
        if (bytes[at] == close) {
            at++;
            return false;
        }
        return true;
    }

    private boolean toValue() {
        skipSpace();
        if (at >= end) {
            return stray();
        }
        valueStart = at;
        return true;
    }

    private boolean stray() {
        lost = true;
        return false;
    }

    /** Passes over the value here, whatever it holds. */
    public void skipValue() {
        valueStart = at;
        if (at >= end) {
            lost = true;
            return;
        }
        switch (bytes[at]) {
            case '"' -> skipString();
            case '{', '[' -> skipNested();
            default -> skipScalar();
        }
        valueEnd = at;
    }

    private void skipNested() {
        var depth = 0;
        while (at < end) {
            switch (bytes[at]) {
                case '"' -> {
                    skipString();
                    continue;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (--depth == 0) {
                        at++;
                        return;
                    }
                }
                default -> {}
            }
            at++;
        }
        lost = true;
    }

    private void skipScalar() {
        while (at < end) {
            var b = bytes[at];
            if (b == ',' || b == '}' || b == ']' || b <= ' ') {
                break;
            }
            at++;
        }
        if (at == valueStart) {
            lost = true;
        }
    }

    private void skipString() {
        var i = at + 1;
        while (i < end) {
            var b = bytes[i++];
            if (b == '"') {
                at = i;
                return;
            }
            if (b == '\\') {
                i++;
            }
        }
        at = end;
        lost = true;
    }

    private void skipSpace() {
        while (at < end && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
    }

    /** Whether the current member has that name; the name must be ASCII. */
    public boolean keyIs(String name) {
        var length = keyEnd - keyStart;
        if (length == name.length()) {
            for (var i = 0; i < length; i++) {
                if (bytes[keyStart + i] != name.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
        return length > name.length() && escapedKeyIs(name);
    }

    private boolean escapedKeyIs(String name) {
        for (var i = keyStart; i < keyEnd; i++) {
            if (bytes[i] == '\\') {
                return name.equals(decode(keyStart - 1, keyEnd + 1));
            }
        }
        return false;
    }

    /** The first byte of the value here: a quote, an opening brace or bracket, n, t, f or of a number. */
    public char kind() {
        return at < end ? (char) bytes[at] : 0;
    }

    /** Passes over the value. @return whether it was a string with at least one character */
    public boolean skipNonEmptyString() {
        var isString = kind() == '"';
        skipValue();
        return isString && valueEnd - valueStart > 2;
    }

    /** Passes over the value. @return the string it was, or null where it was something else */
    public @Nullable String takeString() {
        var isString = kind() == '"';
        skipValue();
        return isString && !lost ? decode(valueStart, valueEnd) : null;
    }

    /** Passes over the value. @return the whole number it was, or 0 where it was something else or too large */
    public long takeCount() {
        skipValue();
        var number = 0L;
        for (var i = valueStart; i < valueEnd; i++) {
            var digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || i - valueStart > 17) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Passes over the value. @return the number it was, or NaN where it was something else */
    public double takeNumber() {
        skipValue();
        try {
            return Double.parseDouble(new String(bytes, valueStart, valueEnd - valueStart, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private @Nullable String decode(int from, int to) {
        for (var i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                var node = Json.tree(bytes, from, to - from);
                return node == null ? null : node.textValue();
            }
        }
        return new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8);
    }

    /** Where the opening quote of the current member's name is. */
    public int keyStart() {
        return keyStart - 1;
    }

    /** Where the current name ends, after its closing quote. */
    public int keyEnd() {
        return keyEnd + 1;
    }

    public int valueStart() {
        return valueStart;
    }

    /** What it walks, the same for all positions; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the value that was passed over last ends. */
    public int valueEnd() {
        return valueEnd;
    }

    /** Where the cursor is. */
    public int position() {
        return at;
    }

    /** Whether the bytes turned out not to be JSON. */
    public boolean lost() {
        return lost;
    }
}
