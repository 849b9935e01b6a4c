package dev.laneway.ingress.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Shortage;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.money.Window;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpentBudgetsTest {
    private static final long START = 1_795_000_000_000L;
    private static final Window DAY = window(Scope.KEY, "ada", START + 3_600_000, 500);

    private long now = START;
    private final SpentBudgets spent = new SpentBudgets(() -> now);

    private static Window window(Scope scope, String holder, long end, long limit) {
        return new Window(scope, holder, "daily", START - 3_600_000, end, limit);
    }

    private static Shortage shortage(Window window, long nanos) {
        return new Shortage(window.text(), Money.ofNanos(nanos));
    }

    private void learn(Window window, long nanos) {
        spent.learn(spent.moment(), List.of(shortage(window, nanos)));
    }

    private static Control.Team team(String id) {
        return new Control.Team(1, id, null, Terms.NONE, Map.of(), false, false, null, Map.of(), 0);
    }

    @Test
    void shouldKnowWhatWasSaidLast() {
        learn(DAY, 40);
        learn(DAY, 7);

        assertThat(spent.left(DAY)).isEqualTo(OptionalLong.of(7));
        assertThat(spent.isEmpty()).isFalse();
    }

    @Test
    void shouldBelieveNothingOfTheSameBudgetWithAnotherLimit() {
        learn(DAY, 7);

        assertThat(spent.left(window(Scope.KEY, "ada", DAY.end(), 501))).isEmpty();
    }

    @Test
    void shouldPassOverWhatIsNoWindow() {
        spent.learn(spent.moment(), List.of(new Shortage("from another version", Money.ZERO)));

        assertThat(spent.isEmpty()).isTrue();
    }

    @Test
    void shouldForgetAfterALittleMoreThanASecond() {
        learn(DAY, 7);
        now += SpentBudgets.LONGEST_MILLIS - 1;
        assertThat(spent.left(DAY)).isPresent();

        now++;

        assertThat(spent.left(DAY)).isEmpty();
        assertThat(spent.isEmpty()).isTrue();
    }

    @Test
    void shouldForgetWhenTheWindowEnds() {
        Window ending = window(Scope.KEY, "ada", START + 100, 500);
        learn(ending, 7);
        now += 99;
        assertThat(spent.left(ending)).isPresent();

        now++;

        assertThat(spent.left(ending)).isEmpty();
    }

    @Test
    void shouldKnowABudgetThatNeverBeginsAnew() {
        Window total = window(Scope.GLOBAL, "all", Long.MAX_VALUE, 500);

        learn(total, 0);

        assertThat(spent.left(total)).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void shouldNotLearnOfAWindowThatIsOver() {
        now = DAY.end();

        learn(DAY, 7);

        assertThat(spent.size()).isZero();
    }

    @Test
    void shouldForgetTheFirstWhereThereAreTooMany() {
        List<Window> windows = IntStream.rangeClosed(0, SpentBudgets.MOST)
                .mapToObj(i -> window(Scope.USER, "u" + i, DAY.end(), 9))
                .toList();

        windows.forEach(window -> learn(window, 1));

        assertThat(spent.size()).isEqualTo(SpentBudgets.MOST);
        assertThat(spent.left(windows.getFirst())).isEmpty();
        assertThat(spent.left(windows.getLast())).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void shouldForgetAHolderThatIsChangedAndNobodyElse(Scope scope) {
        Window its = window(scope, "one", DAY.end(), 9);
        Window others = window(scope, "other", DAY.end(), 9);
        learn(its, 1);
        learn(others, 1);

        spent.changed(
                switch (scope) {
                    case KEY ->
                        new KeyDraft("one", "ab".repeat(32), 0).by("cmd_1", 1).build();
                    case TEAM -> team("one");
                    case USER ->
                        new Control.User(1, "one", null, null, null, Terms.NONE, false, false, null, Map.of(), 0);
                    case GLOBAL, MEMBER, TAG, MODEL, PROVIDER, DEPLOYMENT ->
                        new Control.Purse(1, scope, "one", Terms.NONE, false, null);
                });

        assertThat(spent.left(its)).isEmpty();
        assertThat(spent.left(others)).isPresent();
    }

    @Test
    void shouldForgetEverybodyWithAnotherConfig() {
        learn(DAY, 7);

        spent.everythingChanged();

        assertThat(spent.isEmpty()).isTrue();
        assertThat(spent.left(DAY)).isEmpty();
    }

    @Test
    void shouldNotLearnOfAChangedHolderFromWhatWasAskedBefore() {
        Window red = window(Scope.TEAM, "red", DAY.end(), 9);
        long before = spent.moment();
        spent.changed(team("red"));

        spent.learn(before, List.of(shortage(red, 1), shortage(DAY, 2)));

        assertThat(spent.left(red)).isEmpty();
        assertThat(spent.left(DAY)).isPresent();
    }

    @Test
    void shouldLearnOfAChangedHolderFromWhatIsAskedAfter() {
        Window red = window(Scope.TEAM, "red", DAY.end(), 9);
        spent.changed(team("red"));

        learn(red, 1);

        assertThat(spent.left(red)).isPresent();
    }

    @Test
    void shouldNotLearnFromBeforeAChangeThatIsForgotten() {
        Window red = window(Scope.TEAM, "red", DAY.end(), 9);
        long before = spent.moment();
        spent.changed(team("red"));
        IntStream.range(0, SpentBudgets.MOST_CHANGES).forEach(i -> spent.changed(team("t" + i)));

        spent.learn(before, List.of(shortage(red, 1)));

        assertThat(spent.left(red)).isEmpty();
    }

    @Test
    void shouldLetOneAskShortlyBeforeItForgets() {
        learn(DAY, 7);
        now += SpentBudgets.ASKED_AGAIN_MILLIS - 1;
        assertThat(spent.isDue(List.of(DAY))).isFalse();

        now++;

        assertThat(spent.isDue(List.of(DAY))).isTrue();
        assertThat(spent.isDue(List.of(DAY))).isFalse();
        assertThat(spent.left(DAY)).isPresent();
    }

    @Test
    void shouldLetOneAskAgainWhenTheFirstHasItsAnswer() {
        learn(DAY, 7);
        now += SpentBudgets.ASKED_AGAIN_MILLIS;
        spent.isDue(List.of(DAY));
        learn(DAY, 7);
        assertThat(spent.isDue(List.of(DAY))).isFalse();

        now += SpentBudgets.ASKED_AGAIN_MILLIS;

        assertThat(spent.isDue(List.of(DAY))).isTrue();
    }

    @Test
    void shouldForgetTheOneThatWasLearnedOfFirstHoweverOftenOthersAre() {
        List<Window> windows = IntStream.rangeClosed(0, SpentBudgets.MOST)
                .mapToObj(i -> window(Scope.USER, "u" + i, DAY.end(), 9))
                .toList();
        windows.subList(0, SpentBudgets.MOST).forEach(window -> learn(window, 1));
        learn(windows.getFirst(), 1);

        learn(windows.getLast(), 1);

        assertThat(spent.left(windows.getFirst())).isPresent();
        assertThat(spent.left(windows.get(1))).isEmpty();
    }

    @Test
    void shouldKnowThatItKnowsNothingOnceTheOnlyHolderIsChanged() {
        learn(window(Scope.TEAM, "red", DAY.end(), 9), 1);

        spent.changed(team("red"));

        assertThat(spent.isEmpty()).isTrue();
    }

    @Test
    void shouldForgetAllWhereABudgetWithANameIsChanged() {
        learn(DAY, 7);

        spent.changed(new Control.Template(1, "b", Terms.NONE, false, null, 0));

        assertThat(spent.isEmpty()).isTrue();
    }

    /** The one that was changed last is the last to be forgotten, so others are believed for as long as they can be. */
    @Test
    void shouldTellChangesApartByTheLatestOfEachHolder() {
        spent.changed(team("red"));
        IntStream.range(1, SpentBudgets.MOST_CHANGES).forEach(i -> spent.changed(team("t" + i)));
        long before = spent.moment();
        spent.changed(team("red"));
        spent.changed(team("another"));

        spent.learn(before, List.of(shortage(DAY, 1)));

        assertThat(spent.left(DAY)).isPresent();
    }
}
