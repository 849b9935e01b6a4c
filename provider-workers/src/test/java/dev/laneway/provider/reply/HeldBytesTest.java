package dev.laneway.provider.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldBytesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldGiveBackWhatItGotHoweverItIsCut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HeldBytes held = new HeldBytes();
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        for (int i = 0; i < 2_000; i++) {
            byte[] piece = new byte[random.nextInt(40)];
            random.nextBytes(piece);
            held.add(piece);
            in.writeBytes(piece);
            if (random.nextInt(3) == 0) {
                out.writeBytes(held.take(1 + random.nextInt(60)));
            }
        }
        while (held.size() > 0) {
            out.writeBytes(held.take(7));
        }

        assertThat(out.toByteArray()).isEqualTo(in.toByteArray());
    }

    @Test
    void shouldNotCopyAPieceThatGoesOutAsItCame() {
        HeldBytes held = new HeldBytes();
        byte[] piece = {1, 2, 3};
        held.add(piece);

        byte[] out = held.take(10);

        assertThat(out).isSameAs(piece);
    }
}
