package dev.laneway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
    private static final long NOW = 1_795_000_000_123L;

    @Test
    void shouldTellWhenItWasAccepted() {
        assertThat(RequestIds.acceptedAt(RequestIds.next(NOW))).hasValue(NOW);
    }

    @Test
    void shouldSortByTime() {
        assertThat(RequestIds.next(NOW)).isLessThan(RequestIds.next(NOW + 1));
    }

    @Test
    void shouldNotRepeat() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            ids.add(RequestIds.next(NOW));
        }

        assertThat(ids).hasSize(100_000);
    }

    @Test
    void shouldSayNothingOfForeignIds() {
        assertThat(RequestIds.acceptedAt("chatcmpl-123")).isEmpty();
        assertThat(RequestIds.acceptedAt("req_" + "u".repeat(26))).isEmpty();
    }
}
