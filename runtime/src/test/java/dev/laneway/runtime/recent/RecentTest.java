package dev.laneway.runtime.recent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent<String, Integer> recent = new Recent<>(2);

    @BeforeEach
    void rememberTwo() {
        recent.put("one", 1);
        recent.put("two", 2);
    }

    @Test
    void shouldForgetWhatNobodyAskedForLongest() {
        assertThat(recent.get("one")).isEqualTo(1);

        recent.put("three", 3);

        assertThat(recent.get("one")).isEqualTo(1);
        assertThat(recent.get("two")).isNull();
        assertThat(recent.get("three")).isEqualTo(3);
    }

    @Test
    void shouldRememberTheLaterOfTwo() {
        recent.put("two", 22);

        assertThat(recent.get("two")).isEqualTo(22);
        assertThat(recent.get("one")).isEqualTo(1);
    }
}
