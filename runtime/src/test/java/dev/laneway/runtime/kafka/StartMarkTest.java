package dev.laneway.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartMarkTest {
    @Test
    void shouldReadWhatItWrites() {
        StartMark mark = new StartMark(42, "run.abc", "run.def");

        assertThat(StartMark.parse(mark.text())).contains(mark);
        assertThat(mark.text()).isEqualTo("started=42 epoch=run.abc told=run.def");
    }

    @Test
    void shouldSayNothingOfAMemoryThatIsNotTold() {
        StartMark mark = new StartMark(42, "run.abc");

        assertThat(mark.text()).isEqualTo("started=42 epoch=run.abc");
        assertThat(StartMark.parse(mark.text())).contains(mark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "started=42", "started=x epoch=e", "started=1 epoch=e told=", "hello"})
    void shouldReadNothingElse(String text) {
        assertThat(StartMark.parse(text)).isEmpty();
    }
}
