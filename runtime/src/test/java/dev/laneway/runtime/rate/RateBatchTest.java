package dev.laneway.runtime.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import dev.laneway.runtime.rate.RateBatch.Admit;
import dev.laneway.runtime.rate.RateBatch.Look;
import dev.laneway.runtime.rate.RateBatch.Question;
import dev.laneway.runtime.rate.RateBatch.Renew;
import dev.laneway.runtime.rate.RateBatch.Settle;
import dev.laneway.runtime.rate.RateStore.Ask;
import dev.laneway.runtime.rate.RateStore.Once;
import dev.laneway.runtime.rate.RateStore.Settlement;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RateBatchTest {
    private static final List<Limited> RED = holders("red");
    private static final List<Limited> BLUE = holders("blue");

    private static List<Limited> holders(String id) {
        return List.of(new Limited(Scope.KEY, id, new RateLimits(10, 0, 0, 0, 5, 0), false));
    }

    private static String words(Question... questions) {
        return String.join(
                " ",
                new RateBatch(
                                "0",
                                holders -> holders.stream().map(Limited::id).collect(Collectors.joining("+")),
                                List.of(questions))
                        .words());
    }

    private static Settle settle(String request, List<Limited> holders, long at, long requests, long tokens) {
        return new Settle(new Settlement(request, holders, at, requests, tokens));
    }

    @Test
    void shouldAskForTheSameHoldersTogether() {
        String words = words(
                new Admit(new Ask("a", RED, 7)), new Admit(new Ask("b", BLUE, 8)), new Admit(new Ask("c", RED, 9)));

        assertThat(words).isEqualTo("0 A red 20000 2 a 7 c 9 A blue 20000 1 b 8");
    }

    @Test
    void shouldCorrectTogetherWhatWasCountedInTheSamePart() {
        String words = words(
                settle("a", RED, 5_100, 0, -3),
                settle("b", RED, 5_999, -1, -4),
                settle("c", RED, 6_000, 0, 2),
                settle("d", RED, 6_000, 0, 0));

        assertThat(words).isEqualTo("0 S red 4 2 5000 -1 -7 6000 0 2 a b c d");
    }

    /** What is renewed must not come back behind what gave its place back, and who comes may have the place. */
    @Test
    void shouldRenewFirstThenGiveBackThenAsk() {
        String words = words(
                new Admit(new Ask("new", RED, 1)), settle("old", RED, 5_000, 0, 0), new Renew(new Ask("old", RED, 1)));

        assertThat(words).isEqualTo("0 r old 0 20000 0  red S red 1 0 old A red 20000 1 new 1");
    }

    @Test
    void shouldAskAloneWhatIsCountedOnceOrLookedAt() {
        Once once = new Once(90_000, "d_1 acme");
        String words = words(
                new Look(RED),
                new Admit(new Ask("a", RED, 7, once)),
                new Settle(new Settlement("b", RED, 5_000, 0, -3, true)));

        assertThat(words).isEqualTo("0 l  0 0 0  red a a 7 60000 0 90000 d_1 acme red s b 5000 0 -3 1 red");
    }
}
