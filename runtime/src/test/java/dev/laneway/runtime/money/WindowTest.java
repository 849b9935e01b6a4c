package dev.laneway.runtime.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {
    private static Window of(String holder) {
        return new Window(Scope.TAG, holder, "b-1", 5, Long.MAX_VALUE, 700);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "a/b@0-1/9", "with a blank", "50 % + tax", "größe", "%2F", "total"})
    void shouldBeReadAsItIsWritten(String holder) {
        Window window = of(holder);

        assertThat(Window.parse(window.text())).get().satisfies(read -> {
            assertThat(read).isEqualTo(window);
            assertThat(read.holder()).isEqualTo(holder);
            assertThat(read.end()).isEqualTo(Long.MAX_VALUE);
        });
        assertThat(window.text()).doesNotContain(" ");
        assertThat(Window.nameOf(window.text())).isEqualTo(window.nameText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "key/a/b@0-1", "key/a/b@0/1", "nobody/a/b@0-1/2", "key/a/b/c@0-1/2", "key/a b/c@0-1/2"})
    void shouldReadNothingElse(String text) {
        assertThat(Window.parse(text)).isEmpty();
    }

    @Test
    void shouldBeAnotherOneWithAnotherLimit() {
        Window other = new Window(Scope.TAG, "x", "b-1", 5, Long.MAX_VALUE, 701);

        assertThat(other).isNotEqualTo(of("x"));
        assertThat(other.nameText()).isEqualTo(of("x").nameText());
    }
}
