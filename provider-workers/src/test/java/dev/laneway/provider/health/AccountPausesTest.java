package dev.laneway.provider.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountPausesTest {
    private final AccountPauses pauses = new AccountPauses();

    @Test
    void shouldPauseForAsLongAsTheVendorSays() {
        boolean news = pauses.limited("acme", 7_000, 1_000);

        assertThat(news).isTrue();
        assertThat(pauses.remaining("acme", 3_000)).isEqualTo(5_000);
        assertThat(pauses.remaining("acme", 8_000)).isZero();
        assertThat(pauses.remaining("other", 3_000)).isZero();
    }

    @Test
    void shouldGrowFromASecondToAMinuteWhenTheVendorDoesNotSay() {
        long now = 0;
        long longest = 0;
        for (int i = 0; i < 10; i++) {
            pauses.limited("acme", 0, now);
            longest = pauses.remaining("acme", now);
            if (i == 0) {
                assertThat(longest).isEqualTo(1_000);
            }
            now += longest;
        }

        assertThat(longest).isEqualTo(60_000);
    }

    @Test
    void shouldNotGrowByAnswersToCallsThatWereUnderWay() {
        pauses.limited("acme", 0, 0);

        boolean news = pauses.limited("acme", 0, 10);

        assertThat(news).isFalse();
        assertThat(pauses.remaining("acme", 0)).isEqualTo(1_000);
    }

    @Test
    void shouldNotShortenAPause() {
        pauses.limited("acme", 10_000, 0);

        boolean news = pauses.limited("acme", 1_000, 0);

        assertThat(news).isFalse();
        assertThat(pauses.remaining("acme", 0)).isEqualTo(10_000);
    }

    @Test
    void shouldBeginAnewAfterAnAnswer() {
        pauses.limited("acme", 0, 0);
        pauses.limited("acme", 0, 1_000);

        pauses.answered("acme", 5_000);
        pauses.limited("acme", 0, 6_000);

        assertThat(pauses.remaining("acme", 6_000)).isEqualTo(1_000);
    }

    @Test
    void shouldKeepAPauseWhenAnEarlierCallAnswers() {
        pauses.limited("acme", 10_000, 0);

        pauses.answered("acme", 100);

        assertThat(pauses.remaining("acme", 100)).isEqualTo(9_900);
    }

    @Test
    void shouldNotBelieveInPausesOfDays() {
        pauses.limited("acme", 86_400_000, 0);

        assertThat(pauses.remaining("acme", 0)).isEqualTo(3_600_000);
    }
}
