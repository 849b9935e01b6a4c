package dev.laneway.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.config.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in force, whatever order and whatever repetitions the control topic has it in. */
class DirectoryTest {
    private final Directory directory = new Directory();

    @Test
    void shouldKeepThatNoToolIsAllowedOverTheTopic() throws Exception {
        EventCodec<Control> codec = EventCodec.of(Control.class);
        Terms none = new Terms(null, null, List.of(), List.of(), null, null, List.of(), null, null);

        Control read = codec.decode(codec.encode(new Control.Purse(1, Scope.TAG, "night", none, false, null)));

        assertThat(((Control.Purse) read).terms()).isEqualTo(none);
    }

    @Test
    void shouldPassOverAnOlderVersion() {
        directory.put(key(2, "b", null));

        directory.put(key(1, "a", null));

        assertThat(directory.byDigest("b", 0)).isNotNull();
        assertThat(directory.byDigest("a", 0)).isNull();
    }

    @Test
    void shouldKnowTheSecretOfBeforeForItsGraceAlone() {
        directory.put(key(1, "a", null));
        directory.put(key(2, "b", "a"));

        directory.put(key(3, "c", null));

        assertThat(directory.byDigest("a", 0)).isNull();
        assertThat(directory.byDigest("b", 0)).isNull();
        assertThat(directory.byDigest("c", 0)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"99, true", "100, false"})
    void shouldKnowTheSecretOfBeforeUntilItsGraceIsOver(long now, boolean opens) {
        directory.put(key(2, "b", "a"));

        assertThat(directory.byDigest("a", now) != null).isEqualTo(opens);
    }

    @Test
    void shouldTellOfNoChangeWhereTheSameVersionComesAgain() {
        List<Control> changes = new ArrayList<>();
        directory.onChange(changes::add);
        directory.put(key(2, "b", null));

        directory.put(key(2, "c", null));

        assertThat(changes).hasSize(1);
        assertThat(directory.byDigest("c", 0)).isNull();
    }

    @Test
    void shouldHoldARequestToTheTermsOfItsTags() {
        Terms terms = Terms.budgeted(Budget.of(Money.ofDollars("4"), BudgetPeriod.TOTAL));
        directory.put(new Control.Purse(1, Scope.TAG, "night", terms, false, null));

        assertThat(directory.payers("key_1", new Payer(null, null, List.of("day", "night"))))
                .containsExactly(new Holder(Scope.TAG, "night", terms));
        assertThat(directory.payers("key_1", new Payer(null, null, List.of("day"))))
                .isEmpty();
    }

    @Test
    void shouldHoldNobodyToTheTermsOfWhatIsGone() {
        Terms terms = Terms.budgeted(Budget.of(Money.ofDollars("4"), BudgetPeriod.TOTAL));
        directory.put(new Control.Team(1, "red", null, terms, Map.of(), false, true, null, Map.of(), 0));
        directory.put(new Control.User(1, "ada", null, null, null, terms, false, true, null, Map.of(), 0));
        directory.put(new Control.Purse(1, Scope.TAG, "night", terms, true, null));
        directory.put(new Control.Purse(1, Scope.MEMBER, Scope.member("red", "ada"), terms, true, null));
        directory.put(new KeyDraft("key_1", "a", 0)
                .terms(terms)
                .deleted(true)
                .by("cmd_1", 1)
                .build());

        assertThat(directory.payers("key_1", new Payer("red", "ada", List.of("night"))))
                .isEmpty();
        assertThat(directory.holders()).isEmpty();
    }

    @Test
    void shouldHoldAUserToItsTermsInTheTeamThatPays() {
        Terms terms = Terms.budgeted(Budget.of(Money.ofDollars("4"), BudgetPeriod.TOTAL));
        directory.put(new Control.Purse(1, Scope.MEMBER, Scope.member("red", "ada"), terms, false, null));

        assertThat(directory.payers("key_1", new Payer("red", "ada", List.of())))
                .containsExactly(new Holder(Scope.MEMBER, "red/ada", terms));
        assertThat(directory.payers("key_1", new Payer("blue", "ada", List.of())))
                .isEmpty();
        assertThat(directory.payers("key_1", new Payer(null, "ada", List.of()))).isEmpty();
        assertThat(directory.holders()).contains(new Holder(Scope.MEMBER, "red/ada", terms));
    }

    @Test
    void shouldHoldAVendorsModelsToItsTermsByWhateverApiTheyAreCalled() {
        Terms terms = Terms.budgeted(Budget.of(Money.ofDollars("4"), BudgetPeriod.TOTAL));
        directory.put(new Control.Purse(1, Scope.PROVIDER, "openai", terms, false, null));
        directory.put(new Control.Purse(1, Scope.PROVIDER, "openai_responses", terms, false, null));

        List<Holder> found = directory.targets("smart", "openai_responses", "d_1");

        assertThat(found)
                .containsExactly(
                        new Holder(Scope.PROVIDER, "openai", terms),
                        new Holder(Scope.PROVIDER, "openai_responses", terms));
        assertThat(directory.targets("smart", "openai", "d_1"))
                .containsExactly(new Holder(Scope.PROVIDER, "openai", terms));
    }

    private static Control.Key key(long version, String digest, @Nullable String previous) {
        KeyDraft draft = new KeyDraft("key_1", previous == null ? digest : previous, 0).by("cmd_1", version);
        return previous == null
                ? draft.build()
                : draft.rotate(digest, null, 100).build();
    }
}
