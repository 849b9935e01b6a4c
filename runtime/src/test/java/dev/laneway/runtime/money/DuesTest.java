package dev.laneway.runtime.money;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.laneway.contracts.AskedExtras;
import dev.laneway.contracts.Feature;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Request;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.runtime.catalogue.Tariff;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.DeploymentFixture;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuesTest {
    /** A token of an answer costs ten; where nobody says how many, there may be fifty. */
    private static final Tariff.Most MOST = new Tariff.Most(1_000, 10, 50);
    /** Nine million dollars, in billionths. */
    private static final long LARGEST_BUDGET = 9_000_000_000_000_000L;

    private static Deployment deployment(Map<String, JsonNode> defaults) {
        return DeploymentFixture.deployment("openai", "model", defaults);
    }

    private static Request request(long maxTokens, long choices) {
        return RequestFixture.request().maxTokens(maxTokens).choices(choices).build();
    }

    private static Dues dues(long maxTokens, long choices) {
        return Dues.of(request(maxTokens, choices), deployment(Map.of()), MOST);
    }

    @ParameterizedTest
    @CsvSource({"7, 0, 1070", "7, 3, 1210", "0, 0, 1010", "0, 3, 1030"})
    void shouldTakeATokenOfEachAnswerForTheLeastUnlessItsClientSaysMore(long maxTokens, long choices, long least) {
        assertThat(dues(maxTokens, choices).least()).isEqualTo(least);
    }

    @Test
    void shouldCountTheAnswersThatTheOperatorAsksFor() {
        Deployment three = deployment(Map.of("n", LongNode.valueOf(3)));

        Dues dues = Dues.of(request(0, 0), three, MOST);

        assertThat(dues).isEqualTo(new Dues(1_000, 10, 150, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 0",
        "9223372036854775807, 2",
        "4611686018427387904, 4",
        "144115188075855872, 128",
        "1000000000000, 9223372036854775807"
    })
    void shouldNeverTakeAnyNumberForLittle(long maxTokens, long choices) {
        Dues dues = dues(maxTokens, choices);

        assertThat(dues.least()).isGreaterThan(LARGEST_BUDGET);
        assertThat(Money.ofNanos(dues.with(dues.tokens())).picos()).isPositive();
    }

    @Test
    void shouldReckonWithNoMoreThanLuaReckonsExactly() {
        assertThat(Dues.cost(Dues.MOST, 1, 1)).isEqualTo(Dues.MOST);
        assertThat(Dues.cost(5, Dues.MOST, 2)).isEqualTo(Dues.MOST);
        assertThat(Dues.cost(5, 3, 2)).isEqualTo(11);
    }

    /** An embedding has none. */
    @Test
    void shouldAskForNoTokenWhereAnAnswerHasNone() {
        Dues dues = Dues.of(request(0, 0), deployment(Map.of()), new Tariff.Most(1_000, 0, 0));

        assertThat(dues).isEqualTo(new Dues(1_000, 0, 0, 0));
    }

    /** Ten tokens are estimated of forty to forty-three bytes, of which each may be a token, and vendors add some. */
    @ParameterizedTest
    @CsvSource({"0, false, 108", "0, true, 708", "2, false, 68", "2, true, 668"})
    void shouldTakeEachByteOfAPromptForAToken(long images, boolean tools, long tokens) {
        Request request = RequestFixture.request()
                .features(tools ? Set.of(Feature.TOOLS) : Set.of())
                .extras(new AskedExtras(images, 0, 0, Map.of(), 1, null))
                .build();

        assertThat(Dues.textTokens(request)).isEqualTo(tokens);
    }

    @Test
    void shouldNotTakePicturesForText() {
        Request request = RequestFixture.request()
                .inputTokens(3_010)
                .extras(new AskedExtras(1, 1, 1, Map.of(), 1, null))
                .build();

        assertThat(Dues.textTokens(request)).isEqualTo(108);
    }
}
