package dev.laneway.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultBookTest {
    private static final Fault FAULT = new Fault.EmptyBody();
    private static final Fault OTHER = new Fault.NoUsage();

    private final FaultBook book = new FaultBook(7);

    @Test
    void shouldHitTheFirstCallsOnly() {
        book.replace(List.of(FaultRule.first(2, CallMatch.ANY, FAULT)));

        assertThat(hits(4, "sim")).containsExactly(1, 2);
    }

    @Test
    void shouldHitTheNthCallOnly() {
        book.replace(List.of(new FaultRule(CallMatch.ANY, new Occurrence.Nth(3), FAULT)));

        assertThat(hits(6, "sim")).containsExactly(3);
    }

    @Test
    void shouldHitEverySoManyth() {
        book.replace(List.of(new FaultRule(CallMatch.ANY, new Occurrence.Every(3), FAULT)));

        assertThat(hits(7, "sim")).containsExactly(3, 6);
    }

    @Test
    void shouldCountOnlyCallsThatFit() {
        book.replace(List.of(FaultRule.first(1, CallMatch.model("gpt-*"), FAULT)));

        assertThat(hits(3, "claude")).isEmpty();
        assertThat(hits(3, "gpt-5")).containsExactly(1);
    }

    @Test
    void shouldTakeTheFirstRuleThatHits() {
        book.replace(List.of(FaultRule.first(1, CallMatch.ANY, FAULT), FaultRule.always(CallMatch.ANY, OTHER)));

        assertThat(book.pick("sim", "/", "")).contains(FAULT);
        assertThat(book.pick("sim", "/", "")).contains(OTHER);
    }

    @Test
    void shouldMatchTheAttemptId() {
        book.replace(List.of(FaultRule.always(CallMatch.attempt("*:0:*"), FAULT)));

        assertThat(book.pick("sim", "/", "r:0:1")).contains(FAULT);
        assertThat(book.pick("sim", "/", "r:1:0")).isEmpty();
    }

    @Test
    void shouldHitAboutAsOftenAsTheProbabilitySays() {
        book.replace(List.of(new FaultRule(CallMatch.ANY, new Occurrence.Chance(0.25), FAULT)));

        assertThat(hits(4000, "sim")).hasSizeBetween(900, 1100);
    }

    @Test
    void shouldHitTheSameCallsForTheSameSeed() {
        List<FaultRule> rules = List.of(new FaultRule(CallMatch.ANY, new Occurrence.Chance(0.5), FAULT));
        book.replace(rules);
        FaultBook twin = new FaultBook(7);
        twin.replace(rules);
        FaultBook stranger = new FaultBook(8);
        stranger.replace(rules);

        List<Integer> hit = hits(100, "sim");

        assertThat(hits(twin, 100, "sim")).isEqualTo(hit);
        assertThat(hits(stranger, 100, "sim")).isNotEqualTo(hit);
    }

    private List<Integer> hits(int calls, String model) {
        return hits(book, calls, model);
    }

    private static List<Integer> hits(FaultBook book, int calls, String model) {
        return IntStream.rangeClosed(1, calls)
                .filter(call -> book.pick(model, "/v1/chat/completions", "").isPresent())
                .boxed()
                .toList();
    }
}
