package dev.laneway.provider.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final String FRAME = "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n";

    @Test
    void shouldCountALineOfAStreamAsAToken() {
        assertThat(tokens(true, FRAME.formatted("a").repeat(50))).isEqualTo(50);
    }

    @Test
    void shouldCountWhatALineIsLongerByAsText() {
        assertThat(tokens(true, FRAME.formatted("a") + FRAME.formatted("a".repeat(401))))
                .isEqualTo(2 + 100);
    }

    @Test
    void shouldNotCountLinesThatOnlyNameAnEvent() {
        assertThat(tokens(true, ("event: text\n" + FRAME.formatted("a")).repeat(10)))
                .isEqualTo(10);
    }

    @Test
    void shouldCountAcrossCuts() {
        Tally tally = new Tally(true);
        for (byte one : FRAME.formatted("a").repeat(3).getBytes(StandardCharsets.UTF_8)) {
            tally.add(new byte[] {one});
        }

        assertThat(tally.tokens()).isEqualTo(3);
    }

    @Test
    void shouldTakeAWholeAnswerForText() {
        assertThat(tokens(false, "a".repeat(400))).isEqualTo(100);
    }

    private static long tokens(boolean stream, String text) {
        Tally tally = new Tally(stream);
        tally.add(text.getBytes(StandardCharsets.UTF_8));
        return tally.tokens();
    }
}
