package dev.laneway.dialects.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseFramerTest {
    private static final String MIXED =
            "\uFEFF: hello\n\nevent: a\ndata: one\n\ndata:two\r\n\r\ndata: three\rdata:  four\r\r"
                    + "id: 7\nretry: 10\n\nevent:b\r\ndata\r\n\r\ndata: ünï ✓ 😀\n\ndata: last";
    private static final List<String> MIXED_EVENTS =
            List.of("comment", "a|one", "|two", "|three\n four", "comment", "b|", "|ünï ✓ 😀", "|last");

    @Test
    void shouldReadEveryKindOfLineEnd() {
        var events = read(MIXED.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);

        assertThat(events).isEqualTo(MIXED_EVENTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 64})
    void shouldReadTheSameInPieces(int size) {
        var events = read(MIXED.getBytes(StandardCharsets.UTF_8), size);

        assertThat(events).isEqualTo(MIXED_EVENTS);
    }

    @Test
    void shouldReadTheSameHoweverItIsCut() {
        var bytes = MIXED.getBytes(StandardCharsets.UTF_8);
        var random = new Random(42);
        for (var round = 0; round < 2_000; round++) {
            var framer = new SseFramer();
            var events = new ArrayList<String>();
            var at = 0;
            while (at < bytes.length) {
                var length = Math.min(bytes.length - at, random.nextInt(12));
                framer.feed(Arrays.copyOfRange(bytes, at, at + length), 0, length);
                at += length;
                drain(framer, events);
            }
            framer.end();
            drain(framer, events);

            assertThat(events).as("round " + round).isEqualTo(MIXED_EVENTS);
        }
    }

    @Test
    void shouldGiveFramesAsTheyCame() {
        var framer = new SseFramer();
        var bytes = "event: x\r\ndata: 1\r\n\r\ndata: 2\n\n".getBytes(StandardCharsets.UTF_8);

        framer.feed(bytes, 0, bytes.length);

        assertThat(framer.next()).isTrue();
        assertThat(frame(framer)).isEqualTo("event: x\r\ndata: 1\r\n\r\n");
        assertThat(framer.next()).isTrue();
        assertThat(frame(framer)).isEqualTo("data: 2\n\n");
        assertThat(framer.next()).isFalse();
    }

    @Test
    void shouldHoldAnUnfinishedFrameBack() {
        var framer = new SseFramer();
        var bytes = "data: 1\n".getBytes(StandardCharsets.UTF_8);

        framer.feed(bytes, 0, bytes.length);

        assertThat(framer.next()).isFalse();
        framer.end();
        assertThat(framer.next()).isTrue();
    }

    @Test
    void shouldReadALargeFrameInSmallPiecesInLinearTime() {
        var large = "data: " + "x".repeat(4 << 20) + "\n\n";

        var events = read(large.getBytes(StandardCharsets.UTF_8), 1_000);

        assertThat(events).hasSize(1);
    }

    @Test
    @Timeout(60)
    void shouldReadAFrameOfManyLinesInSmallPiecesInLinearTime() {
        var large = "<p>no event</p>\n".repeat(64 << 10) + "event: late\ndata: x\ndata: y\n\n";

        var events = read(large.getBytes(StandardCharsets.UTF_8), 10);

        assertThat(events).hasSize(1);
    }

    @Test
    void shouldNoticeAFrameThatNeverEnds() {
        var framer = new SseFramer();
        var piece = new byte[1 << 20];
        Arrays.fill(piece, (byte) 'x');

        for (var i = 0; i <= 16; i++) {
            framer.feed(piece, 0, piece.length);
            framer.next();
        }

        assertThat(framer.overflown()).isTrue();
    }

    private static List<String> read(byte[] bytes, int size) {
        var framer = new SseFramer();
        var events = new ArrayList<String>();
        for (var at = 0; at < bytes.length; at += Math.min(size, bytes.length)) {
            var piece = Arrays.copyOfRange(bytes, at, (int) Math.min(bytes.length, (long) at + size));
            framer.feed(piece, 0, piece.length);
            drain(framer, events);
        }
        framer.end();
        drain(framer, events);
        return events;
    }

    private static void drain(SseFramer framer, List<String> events) {
        while (framer.next()) {
            if (!framer.hasData()) {
                events.add("comment");
                continue;
            }
            var event = framer.eventIs("a") ? "a" : framer.eventIs("b") ? "b" : "";
            var data = new String(
                    framer.data(), framer.dataStart(), framer.dataEnd() - framer.dataStart(), StandardCharsets.UTF_8);
            events.add(event + "|" + data);
        }
    }

    private static String frame(SseFramer framer) {
        var length = framer.frameEnd() - framer.frameStart();
        return new String(framer.frame(), framer.frameStart(), length, StandardCharsets.UTF_8);
    }
}
