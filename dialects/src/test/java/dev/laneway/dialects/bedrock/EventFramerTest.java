package dev.laneway.dialects.bedrock;

import static dev.laneway.dialects.bedrock.EventStreams.event;
import static dev.laneway.dialects.bedrock.EventStreams.frame;
import static dev.laneway.dialects.bedrock.EventStreams.join;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFramerTest {
    private static final byte[] TWO = join(event("messageStart", "{}"), event("messageStop", "{'a':1}"));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void shouldCutMessagesHoweverTheyCome(int size) {
        var framer = new EventFramer();

        var frames = read(framer, TWO, size);

        assertThat(frames).extracting(f -> f.header(":event-type")).containsExactly("messageStart", "messageStop");
        assertThat(frames.get(1).payload()).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":1}");
        assertThat(framer.pending()).isFalse();
    }

    @Test
    void shouldTellAMessageThatIsNotWhole() {
        var framer = new EventFramer();

        var frames = read(framer, java.util.Arrays.copyOf(TWO, TWO.length - 1), 1000);

        assertThat(frames).hasSize(1);
        assertThat(framer.pending()).isTrue();
        assertThat(framer.broken()).isFalse();
    }

    @Test
    void shouldNoticeEveryFlippedByte() {
        for (var at = 0; at < TWO.length; at++) {
            var flipped = TWO.clone();
            flipped[at] ^= 0x20;
            var framer = new EventFramer();

            var frames = read(framer, flipped, 50);

            assertThat(framer.broken() || framer.pending()).as("byte " + at).isTrue();
            assertThat(frames).hasSizeLessThan(2);
        }
    }

    @Test
    void shouldPassOverHeadersOfOtherTypes() {
        var headers = ByteBuffer.allocate(200);
        for (var type : new int[][] {{0, 0}, {1, 0}, {2, 1}, {3, 2}, {4, 4}, {5, 8}, {8, 8}, {9, 16}}) {
            headers.put((byte) 1).put((byte) 'h').put((byte) type[0]).put(new byte[type[1]]);
        }
        headers.put((byte) 1).put((byte) 'b').put((byte) 6).putShort((short) 3).put(new byte[3]);
        headers.put((byte) 1)
                .put((byte) 't')
                .put((byte) 7)
                .putShort((short) 2)
                .put((byte) 'o')
                .put((byte) 'k');
        var framer = new EventFramer();

        var frames = read(framer, frame(new byte[0], java.util.Arrays.copyOf(headers.array(), headers.position())), 9);

        assertThat(frames).singleElement().extracting(f -> f.header("t")).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0100610a", "05006107", "0161", "01610700ff61"})
    void shouldRefuseHeadersThatCantBeRead(String hex) {
        var framer = new EventFramer();

        var frames = read(framer, frame(new byte[0], java.util.HexFormat.of().parseHex(hex)), 100);

        assertThat(frames).isEmpty();
        assertThat(framer.broken()).isTrue();
    }

    @Test
    void shouldSurviveNoise() {
        var random = new Random(5);
        for (var round = 0; round < 2_000; round++) {
            var noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            var framer = new EventFramer();

            var frames = read(framer, noise, 1 + random.nextInt(20));

            assertThat(frames).isEmpty();
        }
    }

    private static List<EventFrame> read(EventFramer framer, byte[] bytes, int size) {
        var frames = new ArrayList<EventFrame>();
        for (var at = 0; at < bytes.length; at += size) {
            framer.feed(bytes, at, Math.min(size, bytes.length - at));
            for (var frame = framer.next(); frame != null; frame = framer.next()) {
                frames.add(frame);
            }
        }
        return frames;
    }
}
