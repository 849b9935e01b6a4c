package dev.laneway.dialects.embeddings;

import dev.laneway.dialects.json.ByteText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A vector on its way from the vendor's encoding to the caller's: as JSON, an array of numbers, or a string with the base64 of
 * little-endian IEEE 754 numbers of 32 bits (OpenAI's {@code encoding_format}). Numbers that need not be packed stay as they were
 * written, digit by digit. One vector, one thread.
 */
final class Vector {
    private final boolean packed;
    private final ByteText text = new ByteText(1 << 10);
    private ByteBuffer floats = ByteBuffer.allocate(0);

    /** @param packed whether it is to become base64 */
    Vector(boolean packed) {
        this.packed = packed;
        if (packed) {
            floats = littleEndian(1 << 10);
        }
    }

    private static ByteBuffer littleEndian(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Adds a number as JSON writes it. @return false where it is none that 32 bits can hold */
    boolean add(String number) {
        if (!packed) {
            text.ascii(text.isEmpty() ? "[" : ",").ascii(number);
            return true;
        }
        var value = Float.parseFloat(number);
        if (!Float.isFinite(value)) {
            return false;
        }
        if (floats.remaining() < Float.BYTES) {
            floats = littleEndian(2 * floats.capacity()).put(floats.flip());
        }
        floats.putFloat(value);
        return true;
    }

    /** The JSON value. */
    byte[] json() {
        if (!packed) {
            return (text.isEmpty() ? text.ascii("[]") : text.ascii("]")).take();
        }
        var bytes = new byte[floats.flip().remaining()];
        floats.get(bytes);
        var base64 = Base64.getEncoder().encode(bytes);
        return new ByteText(base64.length + 2)
                .ascii("\"")
                .raw(base64)
                .ascii("\"")
                .take();
    }

    /** The numbers of a packed vector as a JSON array; null where it isn't base64 of whole numbers that JSON can write. */
    static byte @Nullable [] unpacked(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
        if (bytes.length % Float.BYTES != 0) {
            return null;
        }
        var floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var vector = new Vector(false);
        while (floats.hasRemaining()) {
            var number = floats.getFloat();
            if (!Float.isFinite(number)) {
                return null;
            }
            vector.add(Float.toString(number));
        }
        return vector.json();
    }
}
