package dev.laneway.dialects.ollama;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an Ollama server was asked and what it answered.
 *
 * @param request the body
 * @param status of the answer
 * @param contentType of the answer
 * @param answer the body
 */
record Recording(byte[] request, int status, String contentType, byte[] answer) {
    static Recording of(String name) {
        try (var in = Recording.class.getResourceAsStream("/ollama/" + name + ".http")) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var asked = text.substring(text.indexOf('\n') + 1, text.indexOf("\n\nHTTP/1.1 "))
                    .strip();
            var from = text.indexOf("HTTP/1.1 ");
            var blank = text.indexOf("\n\n", from) < 0 ? text.indexOf("\r\n\r\n", from) : text.indexOf("\n\n", from);
            var head = text.substring(from, blank);
            var type = Arrays.stream(head.split("\n"))
                    .filter(line -> line.startsWith("Content-Type: "))
                    .findFirst()
                    .orElseThrow();
            return new Recording(
                    asked.getBytes(StandardCharsets.UTF_8),
                    Integer.parseInt(head.substring(9, 12)),
                    type.substring("Content-Type: ".length()).strip(),
                    text.substring(blank).stripLeading().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean streamed() {
        return contentType.equals("application/x-ndjson");
    }

    String text() {
        return new String(answer, StandardCharsets.UTF_8);
    }
}
