package dev.laneway.dialects.bedrock;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Messages of {@code vnd.amazon.eventstream} as Bedrock writes them; a payload's single quotes stand for double ones. */
public final class EventStreams {
    private EventStreams() {}

    public static byte[] event(String type, String payload) {
        return frame(payload, ":event-type", type, ":content-type", "application/json", ":message-type", "event");
    }

    public static byte[] exception(String type, String payload) {
        return frame(
                payload, ":exception-type", type, ":content-type", "application/json", ":message-type", "exception");
    }

    public static byte[] join(byte[]... pieces) {
        var all = new ByteArrayOutputStream();
        for (var piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    static byte[] frame(String payload, String... headers) {
        var head = new ByteArrayOutputStream();
        for (var i = 0; i < headers.length; i += 2) {
            var value = headers[i + 1].getBytes(StandardCharsets.UTF_8);
            head.write(headers[i].length());
            head.writeBytes(headers[i].getBytes(StandardCharsets.UTF_8));
            head.write(7);
            head.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) value.length).array());
            head.writeBytes(value);
        }
        return frame(payload.replace('\'', '"').getBytes(StandardCharsets.UTF_8), head.toByteArray());
    }

    static byte[] frame(byte[] payload, byte[] headers) {
        var frame = ByteBuffer.allocate(16 + headers.length + payload.length);
        frame.putInt(frame.capacity()).putInt(headers.length);
        frame.putInt(sum(frame)).put(headers).put(payload);
        return frame.putInt(sum(frame)).array();
    }

    private static int sum(ByteBuffer frame) {
        var crc = new CRC32();
        crc.update(frame.array(), 0, frame.position());
        return (int) crc.getValue();
    }
}
