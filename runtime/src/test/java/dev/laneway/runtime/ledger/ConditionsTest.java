package dev.laneway.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionsTest {
    static Stream<Sight> withoutVendors() {
        return Stream.of(new Sight.OfTeam("red", "key_1"), new Sight.Own("key_1"));
    }

    @Test
    void shouldLookForAModelByTheVendorsNameTooWhereVendorsAreSeen() {
        Conditions where = new Conditions().ofModel("%s", of(new Sight.All()));

        assertThat(where.sql()).isEqualTo(" where (model_group = $1 or model = $1)");
        assertThat(where.values().getString(0)).isEqualTo("gpt-4o");
    }

    @ParameterizedTest
    @MethodSource("withoutVendors")
    void shouldNotLetAnybodyProbeForTheVendorsNameOfAModel(Sight sight) {
        Conditions where = new Conditions().ofModel("exists (%s)", of(sight));

        assertThat(where.sql()).isEqualTo(" where exists (model_group = $1)");
    }

    private static LedgerFilter of(Sight sight) {
        return new LedgerFilter(sight, null, null, null, null, "gpt-4o", null, null, 0, Long.MAX_VALUE);
    }
}
