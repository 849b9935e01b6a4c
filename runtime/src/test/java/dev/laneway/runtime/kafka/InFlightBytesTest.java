package dev.laneway.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InFlightBytesTest {
    private final InFlightBytes bytes = new InFlightBytes(100);

    @Test
    void shouldHaveRoomBelowItsLimit() {
        bytes.take(99);

        assertThat(bytes.fills()).isFalse();
    }

    @Test
    void shouldSayOnceThatItIsFull() {
        bytes.take(150);
        boolean first = bytes.fills();
        bytes.take(10);

        assertThat(bytes.fills()).isFalse();
        assertThat(first).isTrue();
        assertThat(bytes.full()).isTrue();
    }

    @Test
    void shouldHaveRoomAgainAtHalf() {
        bytes.take(100);
        bytes.fills();
        bytes.giveBack(49);
        boolean early = bytes.clears();
        bytes.giveBack(1);

        assertThat(bytes.clears()).isTrue();
        assertThat(early).isFalse();
        assertThat(bytes.full()).isFalse();
    }

    @Test
    void shouldSayNothingOfRoomThatWasAlwaysThere() {
        bytes.take(10);
        bytes.giveBack(10);

        assertThat(bytes.clears()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"64, 32", "1024, 128", "65536, 512"})
    void shouldGoByTheHeap(long heapMib, long limitMib) {
        assertThat(InFlightBytes.limitFor(heapMib << 20)).isEqualTo(limitMib << 20);
    }
}
