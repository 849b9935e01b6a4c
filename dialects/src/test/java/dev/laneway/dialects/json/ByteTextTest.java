package dev.laneway.dialects.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteTextTest {
    @Test
    void shouldWriteStringsThatReadBackTheSame() {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++) {
            var text = random.ints(random.nextInt(40), 0, 0x11_0000)
                    .filter(point -> point < 0xD800 || point > 0xDFFF)
                    .map(point -> random.nextBoolean() ? point % 0x80 : point)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();

            var json = new ByteText(1).quoted(text).take();

            assertThat(Json.tree(json).textValue()).isEqualTo(text);
        }
    }

    @Test
    void shouldEscapeALoneSurrogate() {
        var json = new ByteText(1).quoted("a\uD83Db").take();

        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("\"a\\ud83db\"");
    }
}
