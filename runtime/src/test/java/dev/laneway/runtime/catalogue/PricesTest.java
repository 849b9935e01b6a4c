package dev.laneway.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Money;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.ModelInfo;
import java.time.LocalDate;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
    private final Prices prices = new Prices(Catalogue::builtIn, () -> LocalDate.of(2026, 11, 30));

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o, openai/gpt-4o@2026-08-06",
        "openai, GPT-4o, openai/gpt-4o@2026-08-06",
        "openai, gpt-4o-2031-01-01, openai/gpt-4o@2026-08-06",
        "openai_responses, gpt-4o, openai/gpt-4o@2026-08-06",
        "azure, gpt-4.1-mini, azure/gpt-4.1-mini@2026-08-06",
        "anthropic, claude-opus-5-20260724, anthropic/claude-opus-5@2026-08-06",
        "anthropic, claude-sonnet-5-5, anthropic/claude-sonnet-5-5@2026-10-07",
        "gemini, models/gemini-2.5-pro, gemini/gemini-2.5-pro@2026-08-06",
        "bedrock, converse/anthropic.claude-3-haiku-20240307-v1:0, bedrock/anthropic.claude-3-haiku-20240307-v1:0@2026-08-06",
        "bedrock, us.anthropic.claude-sonnet-4-5-20250929-v1:0, bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0@2026-08-06",
        "vertex_ai_anthropic, claude-haiku-4-5@20251001, vertex_ai/claude-haiku-4-5@20251001@2026-08-06",
        "vertex_ai, claude-haiku-4-5@20251001, vertex_ai/claude-haiku-4-5@20251001@2026-08-06",
        "mistral, mistral-large-latest, mistral/mistral-large-latest@2026-08-06",
    })
    void shouldFindAModelByTheNamesThatItGoesBy(String provider, String model, String id) {
        assertThat(prices.of(provider, model, ModelInfo.NONE, Zone.CLOUD))
                .extracting(Price::id)
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"openai, my-own-model", "azure, our-deployment", "hosted_vllm, gpt-4o", "custom_openai, gpt-4o"})
    void shouldHaveNoPriceWhereNobodyKnowsOne(String provider, String model) {
        assertThat(prices.of(provider, model, ModelInfo.NONE, Zone.CLOUD)).isNull();
    }

    @Test
    void shouldCostNothingInsideTheNetworkUnlessPriced() {
        ModelInfo priced = info(StatedPrice.NONE.with(PriceTerm.OUTPUT, Money.ofDollars("0.000001")));

        assertThat(prices.of("ollama", "llama3.2", ModelInfo.NONE, Zone.LOCAL)).isEqualTo(Price.FREE);
        assertThat(price("ollama", "llama3.2", priced, Zone.LOCAL)
                        .rates()
                        .usual()
                        .output())
                .isEqualTo(Money.ofDollars("0.000001"));
    }

    @Test
    void shouldTakeWhatTheConfigStatesBeforeTheCatalogue() {
        ModelInfo info = info(StatedPrice.NONE
                .with(PriceTerm.INPUT, Money.ofDollars("0.000001"))
                .with(PriceTerm.OUTPUT, Money.ofDollars("0.000002")));

        Price price = price("anthropic", "claude-sonnet-4-5", info, Zone.CLOUD);

        assertThat(price.id()).matches("config/[0-9a-f]{12}");
        assertThat(price.rates().usual().cached()).isEqualTo(Money.ofDollars("0.000001"));
        assertThat(price.rates().tiers()).isEmpty();
    }

    @Test
    void shouldTakeTheRestFromTheCatalogueWhereTheConfigStatesOnlyAPart() {
        ModelInfo output = info(StatedPrice.NONE.with(PriceTerm.OUTPUT, Money.ofDollars("0.00002")));
        ModelInfo cached = info(StatedPrice.NONE.with(PriceTerm.CACHED, Money.ofDollars("0.000001")));

        TokenRates ofOutput =
                price("openai", "gpt-4o", output, Zone.CLOUD).rates().usual();
        TokenRates ofCached =
                price("openai", "gpt-4o", cached, Zone.CLOUD).rates().usual();

        assertThat(ofOutput.input()).isEqualTo(Money.ofDollars("0.0000025"));
        assertThat(ofOutput.cached()).isEqualTo(ofOutput.input());
        assertThat(ofCached.output()).isEqualTo(Money.ofDollars("0.00001"));
        assertThat(ofCached.cached()).isEqualTo(Money.ofDollars("0.000001"));
    }

    @Test
    void shouldNotTakeAPartForAWholePrice() {
        ModelInfo cached = info(StatedPrice.NONE.with(PriceTerm.CACHED, Money.ofDollars("0.000001")));

        assertThat(prices.of("openai", "my-own-model", cached, Zone.CLOUD)).isNull();
    }

    @Test
    void shouldKnowADeploymentByItsBaseModel() {
        ModelInfo base = ModelInfo.NONE.with("azure/gpt-4o", StatedPrice.NONE);

        assertThat(price("azure", "our-deployment", base, Zone.CLOUD).id()).isEqualTo("azure/gpt-4o@2026-08-06");
    }

    @Test
    void shouldGoByTheCatalogueAndTheDayOfEachCall() {
        AtomicReference<Catalogue> catalogue = new AtomicReference<>(Catalogue.EMPTY);
        AtomicReference<LocalDate> today = new AtomicReference<>(LocalDate.of(2026, 10, 1));
        Prices changing = new Prices(catalogue::get, today::get);
        Supplier<String> asked = () -> {
            Price price = changing.of("openai", "toy", ModelInfo.NONE, Zone.CLOUD);
            return price == null ? "" : price.id();
        };

        assertThat(asked.get()).isEmpty();
        catalogue.set(toys("2026-08-01", "2026-11-01"));
        assertThat(asked.get()).isEqualTo("openai/toy@2026-08-01");
        today.set(LocalDate.of(2026, 11, 2));
        assertThat(asked.get()).isEqualTo("openai/toy@2026-11-01");
        catalogue.set(toys("2026-09-01"));
        assertThat(asked.get()).isEqualTo("openai/toy@2026-09-01");
        catalogue.set(Catalogue.EMPTY);
        assertThat(asked.get()).isEmpty();
    }

    @Test
    void shouldTellStatementsAndZonesOfOneModelApart() {
        ModelInfo dear = info(StatedPrice.NONE.with(PriceTerm.INPUT, Money.ofDollars("0.1")));
        ModelInfo cheap = info(StatedPrice.NONE.with(PriceTerm.INPUT, Money.ofDollars("0.01")));

        for (int time = 0; time < 2; time++) {
            assertThat(price("openai", "gpt-4o", dear, Zone.CLOUD)
                            .rates()
                            .usual()
                            .input())
                    .isEqualTo(Money.ofDollars("0.1"));
            assertThat(price("openai", "gpt-4o", cheap, Zone.CLOUD)
                            .rates()
                            .usual()
                            .input())
                    .isEqualTo(Money.ofDollars("0.01"));
            assertThat(price("openai", "gpt-4o", ModelInfo.NONE, Zone.LOCAL)).isEqualTo(Price.FREE);
            assertThat(price("openai", "gpt-4o", ModelInfo.NONE, Zone.CLOUD)).isNotEqualTo(Price.FREE);
            assertThat(price("openai", "gpt-4.1", ModelInfo.NONE, Zone.CLOUD).id())
                    .startsWith("openai/gpt-4.1@");
        }
    }

    @Test
    void shouldForgetWhatIsAskedTooMuch() {
        for (int i = 0; i < 25_000; i++) {
            assertThat(prices.of("openai", "made-up-" + i, ModelInfo.NONE, Zone.CLOUD))
                    .isNull();
        }

        assertThat(prices.remembered()).isBetween(1, 10_000);
    }

    private static Catalogue toys(String... dates) {
        StringBuilder text = new StringBuilder("[openai]\n");
        for (String date : dates) {
            text.append("toy ").append(date).append(" verified chat in=1 out=2\n");
        }
        CatalogueText.Read read = CatalogueText.read(text.toString());
        assertThat(read.problems()).isEmpty();
        return read.catalogue();
    }

    private Price price(String provider, String model, ModelInfo info, Zone zone) {
        return Objects.requireNonNull(prices.of(provider, model, info, zone));
    }

    private static ModelInfo info(StatedPrice price) {
        return ModelInfo.NONE.with(null, price);
    }
}
