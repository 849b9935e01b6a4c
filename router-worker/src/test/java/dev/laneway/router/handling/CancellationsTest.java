package dev.laneway.router.handling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CancellationsTest {
    private final Cancellations cancellations = new Cancellations(1_000);

    @Test
    void shouldForgetWhatIsOlderThanAnyRequest() {
        cancellations.add("req_1", 0);
        cancellations.add("req_2", 500);
        cancellations.add("req_3", 1_001);

        assertThat(cancellations.contains("req_1")).isFalse();
        assertThat(cancellations.contains("req_2")).isTrue();
        assertThat(cancellations.contains("req_3")).isTrue();
    }

    @Test
    void shouldForgetTheOldestWhenItIsFull() {
        for (int i = 0; i <= Cancellations.MAX_ENTRIES; i++) {
            cancellations.add("req_" + i, 0);
        }

        assertThat(cancellations.contains("req_0")).isFalse();
        assertThat(cancellations.contains("req_1")).isTrue();
    }
}
