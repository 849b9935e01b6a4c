package dev.laneway.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Charge;
import dev.laneway.contracts.ChargePart;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTest {
    private static final PriceTerm.Key LONG_INPUT = new PriceTerm.Key(PriceTerm.INPUT, 200_000);
    private static final PriceTerm.Key LONG_OUTPUT = new PriceTerm.Key(PriceTerm.OUTPUT, 200_000);

    @Test
    void shouldChargeEachKindOfTokenWithItsOwnPrice() {
        Price price = price(
                stated(PriceTerm.INPUT, "0.000003", PriceTerm.OUTPUT, "0.000015"),
                stated(PriceTerm.CACHED, "0.0000003", PriceTerm.CACHE_WRITE, "0.00000375"));

        Charge charge = price.charge(new TokenUsage(1000, 100, 600, 300, 40), false);

        // 100 plain, 600 cached, 300 written, 100 out
        assertThat(charge.cost()).isEqualTo(Money.ofDollars("0.003105"));
        assertThat(charge.price()).isEqualTo("test/model@2026-01-01");
        assertThat(charge.estimate()).isFalse();
    }

    @Test
    void shouldTellWhatIsAskedForWhat() {
        Price price = price(
                stated(PriceTerm.INPUT, "0.000003", PriceTerm.OUTPUT, "0.000015"),
                stated(PriceTerm.CACHED, "0.0000003", PriceTerm.REQUEST, "0.005"),
                stated(PriceTerm.of(HostedTool.FILE_SEARCH), "0.0025", PriceTerm.REASONING, "0.00002"));
        TokenUsage usage = new TokenUsage(1000, 100, 600, 0, 40);

        Charge charge = price.charge(usage.with(UsedExtras.of(Map.of(HostedTool.FILE_SEARCH, 2L), null)), false);

        assertThat(charge.parts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        ChargePart.INPUT, Money.ofDollars("0.0012"),
                        ChargePart.CACHED_INPUT, Money.ofDollars("0.00018"),
                        ChargePart.OUTPUT, Money.ofDollars("0.0009"),
                        ChargePart.REASONING, Money.ofDollars("0.0008"),
                        ChargePart.CALL, Money.ofDollars("0.005"),
                        ChargePart.FILE_SEARCH, Money.ofDollars("0.005")));
        assertThat(charge.parts().values().stream().reduce(Money.ZERO, Money::plus))
                .isEqualTo(charge.cost());
    }

    @Test
    void shouldTellNoPartsOfAChargeThatWasCut() {
        Price price = price(stated(PriceTerm.INPUT, "1", PriceTerm.OUTPUT, "1"));

        Charge charge = price.charge(TokenUsage.of(Long.MAX_VALUE, Long.MAX_VALUE), false);

        assertThat(charge).isEqualTo(new Charge(Price.MOST, "test/model@2026-01-01", false));
    }

    @Test
    void shouldTakeTheTierOfAPromptThatIsAboveItForAllOfItsTokens() {
        Price price = longContext();

        Money below = price.charge(TokenUsage.of(200_000, 10), false).cost();
        Money above = price.charge(TokenUsage.of(200_001, 10), false).cost();

        assertThat(below).isEqualTo(Money.ofDollars("0.2501"));
        assertThat(above).isEqualTo(Money.ofDollars("0.5001525"));
    }

    @Test
    void shouldChargeACallBesideItsTokens() {
        Price price = price(stated(PriceTerm.INPUT, "0.000001", PriceTerm.REQUEST, "0.005"));

        assertThat(price.charge(TokenUsage.of(10, 10), true).cost()).isEqualTo(Money.ofDollars("0.00501"));
    }

    @Test
    void shouldReckonTheWorstWithTheDearestKindOfToken() {
        Price price = price(
                stated(PriceTerm.INPUT, "0.000003", PriceTerm.OUTPUT, "0.000015"),
                stated(PriceTerm.CACHE_WRITE, "0.00000375", PriceTerm.CACHE_WRITE_HOUR, "0.000006"));

        assertThat(price.worst(1000, 100)).isEqualTo(Money.ofDollars("0.0075"));
    }

    @Test
    void shouldReckonTheWorstWithTheTierThatMayBeReached() {
        assertThat(longContext().worst(200_000, 10)).isEqualTo(Money.ofDollars("0.2501"));
        assertThat(longContext().worst(200_001, 10)).isEqualTo(Money.ofDollars("0.5001525"));
    }

    @Test
    void shouldChargeWhatACacheKeepsForAnHourWithItsOwnPrice() {
        Price price = price(
                stated(PriceTerm.INPUT, "0.000003", PriceTerm.OUTPUT, "0.000015"),
                stated(PriceTerm.CACHE_WRITE, "0.00000375", PriceTerm.CACHE_WRITE_HOUR, "0.000006"));

        // 100 plain, 200 written, 300 written for an hour
        assertThat(price.charge(new TokenUsage(600, 0, 0, 500, 300, 0), false).cost())
                .isEqualTo(Money.ofDollars("0.00285"));
    }

    @Test
    void shouldNeverReckonLessThanWhatIsCharged() {
        Price price = longContext();
        for (long input : new long[] {0, 1, 199_999, 200_000, 200_001, 1_000_000}) {
            for (TokenUsage usage : new TokenUsage[] {
                TokenUsage.of(input, 77),
                new TokenUsage(input, 77, input, 0, 77),
                new TokenUsage(input, 77, 0, input, 5)
            }) {
                assertThat(price.charge(usage, false).cost()).isLessThanOrEqualTo(price.worst(input, 77));
            }
        }
    }

    @Test
    void shouldBoundWhatAnAbsurdReportCosts() {
        Price price = price(stated(PriceTerm.INPUT, "0.000003", PriceTerm.OUTPUT, "0.000015"));

        assertThat(price.charge(TokenUsage.of(Long.MAX_VALUE, Long.MAX_VALUE), false)
                        .cost())
                .isEqualTo(Price.MOST);
    }

    @Test
    void shouldCountPartsThatAreLargerThanTheirWholeAsTheWhole() {
        Price price = price(stated(PriceTerm.INPUT, "0.000002", PriceTerm.CACHED, "0.000001"));

        assertThat(price.charge(new TokenUsage(10, 0, 50, 50, 9), false).cost()).isEqualTo(Money.ofDollars("0.00001"));
    }

    @Test
    void shouldChargeBatchesWithTheirOwnPrice() {
        Price price = price(
                stated(PriceTerm.INPUT, "0.000003", PriceTerm.OUTPUT, "0.000015"),
                stated(PriceTerm.BATCH_INPUT, "0.0000015", PriceTerm.BATCH_OUTPUT, "0.0000075"));

        Charge charge = price.ofBatch().charge(TokenUsage.of(1000, 100), false);

        assertThat(charge.cost()).isEqualTo(Money.ofDollars("0.00225"));
        assertThat(charge.price()).isEqualTo("test/model@2026-01-01#batch");
    }

    @Test
    void shouldChargeSoundAndPicturesWithTheirOwnPrices() {
        Price price = price(
                stated(PriceTerm.INPUT, "0.000001", PriceTerm.OUTPUT, "0.000002"),
                stated(PriceTerm.CACHED, "0.0000001", PriceTerm.AUDIO_CACHED, "0.000005"),
                stated(PriceTerm.AUDIO_INPUT, "0.00001", PriceTerm.AUDIO_OUTPUT, "0.00002"),
                StatedPrice.NONE.with(PriceTerm.IMAGE_OUTPUT, Money.ofDollars("0.00003")));
        UsedExtras beside = new UsedExtras(300, 100, 10, 20, Map.of(), null);

        Charge charge = price.charge(new TokenUsage(1000, 100, 400, 0, 0, 30, beside), false);

        // 400 text, 200 sound, 300 cached text, 100 cached sound; 70 text and thought, 10 said, 20 drawn
        assertThat(charge.cost()).isEqualTo(Money.ofDollars("0.00387"));
    }

    @Test
    void shouldChargeCachedSoundAsOtherCachedTokensWhereNothingElseIsStated() {
        Price price = price(
                stated(PriceTerm.INPUT, "0.000001", PriceTerm.OUTPUT, "0.000002"),
                StatedPrice.NONE.with(PriceTerm.CACHED, Money.ofDollars("0.0000001")));
        UsedExtras beside = new UsedExtras(100, 100, 0, 0, Map.of(), null);

        Charge charge = price.charge(new TokenUsage(100, 0, 100, 0, 0, 0, beside), false);

        assertThat(charge.cost()).isEqualTo(Money.ofDollars("0.00001"));
    }

    @ParameterizedTest
    @CsvSource({"STANDARD, 0.0012", "FLEX, 0.0006", "PRIORITY, 0.0024", ", 0.0012"})
    void shouldChargeByTheTierThatTheVendorSays(@Nullable ServiceTier tier, String dollars) {
        UsedExtras beside = new UsedExtras(0, 0, 0, 0, Map.of(), tier);

        Charge charge = tiered().charge(TokenUsage.of(1000, 100).with(beside), false);

        assertThat(charge.cost()).isEqualTo(Money.ofDollars(dollars));
    }

    @Test
    void shouldHaveTiersOfItsOwnForLongPromptsThatGoFirst() {
        SortedMap<PriceTerm.Key, Money> amounts =
                new TreeMap<>(stated(PriceTerm.INPUT, "0.000001", PriceTerm.OUTPUT, "0.000002")
                        .amounts());
        amounts.put(PriceTerm.Key.of(PriceTerm.PRIORITY_INPUT), Money.ofDollars("0.000002"));
        amounts.put(
                PriceTerm.ofConfigKey("input_cost_per_token_above_200k_tokens_priority")
                        .orElseThrow(),
                Money.ofDollars("0.000004"));
        Price price = new Price("test/model@2026-01-01", Rates.of(new StatedPrice(amounts)));
        UsedExtras beside = new UsedExtras(0, 0, 0, 0, Map.of(), ServiceTier.PRIORITY);

        Charge charge = price.charge(TokenUsage.of(300_000, 0).with(beside), false);

        assertThat(charge.cost()).isEqualTo(Money.ofDollars("1.2"));
        assertThat(price.charge(TokenUsage.of(300_000, 0), false).cost()).isEqualTo(Money.ofDollars("0.3"));
    }

    @Test
    void shouldChargeEachUseOfATool() {
        Price price = price(
                stated(PriceTerm.INPUT, "0.000001", PriceTerm.OUTPUT, "0.000002"),
                stated(PriceTerm.WEB_SEARCH, "0.01", PriceTerm.CODE, "0.03"));
        UsedExtras beside =
                UsedExtras.of(Map.of(HostedTool.WEB_SEARCH, 3L, HostedTool.CODE, 1L, HostedTool.FILE_SEARCH, 9L), null);

        Charge charge = price.charge(TokenUsage.of(0, 0).with(beside), false);

        assertThat(charge.cost()).isEqualTo(Money.ofDollars("0.06"));
        assertThat(price.fee(HostedTool.FILE_SEARCH)).isNull();
    }

    @Test
    void shouldReckonTheWorstOfWhatIsMoreThanText() {
        Price price = price(
                stated(PriceTerm.INPUT, "0.000001", PriceTerm.OUTPUT, "0.000002"),
                stated(PriceTerm.AUDIO_INPUT, "0.00001", PriceTerm.AUDIO_OUTPUT, "0.00002"),
                stated(PriceTerm.WEB_SEARCH, "0.01", PriceTerm.PRIORITY_OUTPUT, "0.00005"));
        Map<HostedTool, Long> uses = Map.of(HostedTool.WEB_SEARCH, 2L);

        assertThat(price.worst(100, 10, false, Map.of(), null)).isEqualTo(Money.ofDollars("0.0003"));
        assertThat(price.worst(100, 10, true, uses, null)).isEqualTo(Money.ofDollars("0.0212"));
        assertThat(price.worst(100, 10, false, Map.of(), ServiceTier.PRIORITY)).isEqualTo(Money.ofDollars("0.0006"));
    }

    @Test
    void shouldChargeWhatGoesIntoACacheAsManyTimesInADearerTier() {
        Price price = price(
                stated(PriceTerm.INPUT, "0.000004", PriceTerm.OUTPUT, "0.00002"),
                stated(PriceTerm.CACHE_WRITE_HOUR, "0.000008", PriceTerm.PRIORITY_INPUT, "0.000008"));
        UsedExtras beside = new UsedExtras(0, 0, 0, 0, Map.of(), ServiceTier.PRIORITY);
        TokenUsage hour = new TokenUsage(1_000, 0, 0, 1_000, 1_000, 0, beside);

        assertThat(price.charge(hour, false).cost()).isEqualTo(Money.ofDollars("0.016"));
    }

    private static Price tiered() {
        return price(
                stated(PriceTerm.INPUT, "0.000001", PriceTerm.OUTPUT, "0.000002"),
                stated(PriceTerm.FLEX_INPUT, "0.0000005", PriceTerm.FLEX_OUTPUT, "0.000001"),
                stated(PriceTerm.PRIORITY_INPUT, "0.000002", PriceTerm.PRIORITY_OUTPUT, "0.000004"));
    }

    @Test
    void shouldChargeNothingInsideTheNetwork() {
        assertThat(Price.FREE.charge(TokenUsage.of(1000, 1000), true).cost()).isEqualTo(Money.ZERO);
        assertThat(Price.FREE.isFree()).isTrue();
    }

    private static Price longContext() {
        SortedMap<PriceTerm.Key, Money> amounts = new TreeMap<>();
        amounts.put(PriceTerm.Key.of(PriceTerm.INPUT), Money.ofDollars("0.00000125"));
        amounts.put(PriceTerm.Key.of(PriceTerm.OUTPUT), Money.ofDollars("0.00001"));
        amounts.put(LONG_INPUT, Money.ofDollars("0.0000025"));
        amounts.put(LONG_OUTPUT, Money.ofDollars("0.000015"));
        return new Price("test/model@2026-01-01", Rates.of(new StatedPrice(amounts)));
    }

    private static StatedPrice stated(PriceTerm one, String dollars, PriceTerm other, String otherDollars) {
        return StatedPrice.NONE.with(one, Money.ofDollars(dollars)).with(other, Money.ofDollars(otherDollars));
    }

    private static Price price(StatedPrice... parts) {
        StatedPrice whole = StatedPrice.NONE;
        for (StatedPrice part : parts) {
            whole = whole.over(part);
        }
        return new Price("test/model@2026-01-01", Rates.of(whole));
    }
}
