package dev.laneway.provider.claims;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentIdsTest {
    @Test
    void shouldRememberAtLeastAsManyAsAskedForAndNotMoreThanTwice() {
        RecentIds ids = new RecentIds(100);
        for (int i = 0; i < 1_000; i++) {
            ids.add("id" + i);
        }

        int remembered = 0;
        for (int i = 0; i < 1_000; i++) {
            remembered += ids.contains("id" + i) ? 1 : 0;
        }

        assertThat(remembered).isBetween(100, 200);
        assertThat(ids.contains("id999")).isTrue();
        assertThat(ids.contains("id900")).isTrue();
    }
}
