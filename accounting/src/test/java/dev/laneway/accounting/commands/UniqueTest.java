package dev.laneway.accounting.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Terms;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A secret opens one key, and an alias names one. */
class UniqueTest {
    private static final String SECRET = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    private static KeyDraft key(String id, String sha256, @Nullable String alias) {
        return new KeyDraft(id, sha256, 0).alias(alias);
    }

    private static @Nullable String taken(Control.Entity wanted, KeyDraft... others) {
        List<Control.Entity> there =
                Arrays.stream(others).<Control.Entity>map(KeyDraft::build).toList();
        return Unique.taken(wanted, there);
    }

    private final Control.Key wanted = key("one", SECRET, "nightly").build();

    @Test
    void shouldGiveNoSecretToTwo() {
        assertThat(taken(wanted, key("two", SECRET, null))).isEqualTo("key");
        assertThat(taken(wanted, key("two", OTHER, null))).isNull();
    }

    @Test
    void shouldGiveNoSecretThatOpensAnotherStillForAWhile() {
        KeyDraft rotated = key("two", SECRET, null).rotate(OTHER, null, 5_000);

        assertThat(taken(wanted, rotated)).isEqualTo("key");
    }

    @Test
    void shouldGiveNoSecretOfOneThatIsGone() {
        assertThat(taken(wanted, key("two", SECRET, null).deleted(true))).isEqualTo("key");
    }

    @Test
    void shouldGiveNoAliasToTwo() {
        assertThat(taken(wanted, key("two", OTHER, "nightly"))).isEqualTo("key_alias");
        assertThat(taken(wanted, key("two", OTHER, "daily"))).isNull();
        assertThat(taken(key("one", SECRET, null).build(), key("two", OTHER, null)))
                .isNull();
    }

    @Test
    void shouldGiveTheAliasOfOneThatIsGone() {
        assertThat(taken(wanted, key("two", OTHER, "nightly").deleted(true))).isNull();
    }

    @Test
    void shouldLeaveAKeyWhatItHas() {
        assertThat(taken(wanted, key("one", SECRET, "nightly"))).isNull();
    }

    @Test
    void shouldLetOneGoWhateverItHas() {
        assertThat(taken(key("one", SECRET, "nightly").deleted(true).build(), key("two", OTHER, "nightly")))
                .isNull();
    }

    @Test
    void shouldAskForNothingOfWhatIsNoKey() {
        Control.Team team =
                new Control.Team(1, "one", "nightly", Terms.NONE, Map.of(), false, false, null, Map.of(), 0);

        assertThat(taken(team, key("two", OTHER, "nightly"))).isNull();
    }
}
