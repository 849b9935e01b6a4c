package dev.laneway.dialects.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFramerTest {
    private static final String STREAM = "{\"a\":1}\n\n \t\n{\"é\":\"日\"}\r\n{\"last\":true}";

    private static List<String> drain(LineFramer lines) {
        var read = new ArrayList<String>();
        while (lines.next()) {
            read.add(new String(
                    lines.bytes(), lines.lineStart(), lines.lineEnd() - lines.lineStart(), StandardCharsets.UTF_8));
        }
        return read;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void shouldCutLinesWhereverTheInputIsCut(int size) {
        var lines = new LineFramer();
        var bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        var read = new ArrayList<String>();
        for (var at = 0; at < bytes.length; at += size) {
            lines.feed(bytes.clone(), at, Math.min(size, bytes.length - at));
            read.addAll(drain(lines));
        }

        lines.end();
        read.addAll(drain(lines));

        assertThat(read).containsExactly("{\"a\":1}", "{\"é\":\"日\"}", "{\"last\":true}");
        assertThat(lines.isWhole()).isFalse();
    }

    @Test
    void shouldReadTheSameByAnyCuts() {
        var random = new Random(5);
        var text = "{\"x\":1}\n".repeat(50);
        for (var round = 0; round < 200; round++) {
            var lines = new LineFramer();
            var read = 0;
            for (var at = 0; at < text.length(); ) {
                var length = Math.min(text.length() - at, 1 + random.nextInt(40));
                var piece = text.substring(at, at + length).getBytes(StandardCharsets.UTF_8);
                lines.feed(piece, 0, piece.length);
                read += drain(lines).size();
                at += length;
            }

            assertThat(read).as("round %s", round).isEqualTo(50);
        }
    }

    @Test
    void shouldSayWhenALineIsTooLong() {
        var lines = new LineFramer();
        var chunk = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (var i = 0; i < 16; i++) {
            lines.feed(chunk, 0, chunk.length);
            assertThat(lines.next()).isFalse();
        }
        assertThat(lines.overflown()).isFalse();

        lines.feed(chunk, 0, 1);

        assertThat(lines.overflown()).isTrue();
    }
}
