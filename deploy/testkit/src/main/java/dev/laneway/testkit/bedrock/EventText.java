package dev.laneway.testkit.bedrock;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Messages of {@code application/vnd.amazon.eventstream}, as texts of one character a byte: prelude of two lengths and their CRC, headers,
 * payload, CRC of all before.
 */
final class EventText {
    private static final byte STRING = 7;

    private EventText() {}

    static String event(String type, String json) {
        return message(":event-type", type, "event", json);
    }

    static String exception(String type, String json) {
        return message(":exception-type", type, "exception", json);
    }

    private static String message(String typed, String type, String kind, String json) {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        header(headers, typed, type);
        header(headers, ":content-type", "application/json");
        header(headers, ":message-type", kind);
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(4 + 4 + 4 + headers.size() + payload.length + 4);
        all.putInt(all.capacity()).putInt(headers.size());
        all.putInt(crc(all.array(), 8)).put(headers.toByteArray()).put(payload);
        all.putInt(crc(all.array(), all.position()));
        return new String(all.array(), StandardCharsets.ISO_8859_1);
    }

    private static void header(ByteArrayOutputStream out, String name, String value) {
        out.write(name.length());
        out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        out.write(STRING);
        out.write(value.length() >> 8);
        out.write(value.length());
        out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
