package dev.laneway.accounting.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyBufferTest {
    private final CopyBuffer buffer = new CopyBuffer();

    @Test
    void shouldWriteLengthAndBytes() {
        buffer.text("key");
        assertThat(written()).containsExactly(0, 0, 0, 3, 'k', 'e', 'y');
    }

    @Test
    void shouldWriteWhatIsNotAsciiAsUtf8() {
        buffer.text("Größe");
        assertThat(text()).isEqualTo("Größe");
    }

    @Test
    void shouldLeaveOutWhatTextCanNotHold() {
        buffer.text("a\0b");
        assertThat(text()).isEqualTo("ab");
    }

    @Test
    void shouldSayHowTextIsKept() {
        for (String text : List.of("a\0b", "\ud83d", "\ude00x\0", "Größe 😀", "")) {
            buffer.begin();
            int from = buffer.length() + 4;
            buffer.text(text);
            assertThat(new String(buffer.bytes(), from, buffer.length() - from, StandardCharsets.UTF_8))
                    .isEqualTo(CopyBuffer.kept(text));
        }
    }

    @Test
    void shouldMarkWhatIsAbsent() {
        buffer.text(null);
        assertThat(written()).containsExactly(-1, -1, -1, -1);
    }

    @Test
    void shouldCountTimeFromTheYear2000InMicroseconds() {
        buffer.time(Instant.parse("2000-01-01T00:00:01.5Z").toEpochMilli());
        assertThat(ByteBuffer.wrap(written(), 4, 8).getLong()).isEqualTo(1_500_000);
    }

    @Test
    void shouldHoldTheTimesOfABrokenClock() {
        assertThat(Instant.ofEpochMilli(CopyBuffer.clamp(Long.MAX_VALUE))).isEqualTo("9999-12-31T23:59:59.999Z");
        assertThat(CopyBuffer.clamp(-5)).isZero();
    }

    @Test
    void shouldWriteTheLengthOfAnArrayInFrontOfIt() {
        buffer.texts(List.of("a", "bc"));
        ByteBuffer array = ByteBuffer.wrap(written());
        assertThat(array.getInt()).isEqualTo(array.remaining()).isEqualTo(5 * 4 + 5 + 6);
    }

    @Test
    void shouldGrow() {
        String large = "x".repeat(200_000);
        buffer.text(large);
        assertThat(text()).isEqualTo(large);
    }

    private String text() {
        return new String(written(), 4, buffer.length() - 4, StandardCharsets.UTF_8);
    }

    private byte[] written() {
        return Arrays.copyOf(buffer.bytes(), buffer.length());
    }
}
