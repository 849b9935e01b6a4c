package dev.laneway.runtime.dead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LetterTextTest {
    @Test
    void shouldShowWhatIsNoContent() {
        String text = LetterText.text(Letters.letter(Letters.FAILURES, Letters.failure()), false);

        assertThat(text)
                .contains("id: " + Letters.FAILURES + "-2@41")
                .contains("reason: handler failed: a defect")
                .contains("value_bytes: 8")
                .contains("\"deployment\" : \"d_1\"")
                .contains("\"server_error\"");
    }

    @Test
    void shouldShowNobodysWordsUnasked() {
        String text = LetterText.text(Letters.letter(Letters.FAILURES, Letters.failure()), false);

        assertThat(text).doesNotContain("words of").doesNotContain("a prompt");
    }

    @Test
    void shouldShowAllWhenAsked() {
        String text = LetterText.text(Letters.letter(Letters.FAILURES, Letters.failure()), true);

        assertThat(text)
                .contains("words of a prompt")
                .contains("words of a client")
                .contains("body: a prompt");
    }

    @Test
    void shouldNotShowAnEnvelopeThatMayBeAnything() {
        byte[] envelope = "a secret".getBytes(StandardCharsets.UTF_8);

        String text = LetterText.text(Letters.letter(Letters.REQUESTS, envelope), false);

        assertThat(text).contains("8 bytes that are not JSON").doesNotContain("secret");
    }

    @Test
    void shouldNameTheRequestInALine() {
        DeadLetter letter = Letters.letter(Letters.REQUESTS, null).letter();

        assertThat(letter.with(new DeadLetter.Replayed(Letters.ACCEPTED, "me", "there"))
                        .line())
                .contains(Letters.ID)
                .contains("[replayed 2025-10-09T08:53:20Z by me to there]");
    }
}
