package dev.laneway.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTextTest {
    private static final String WHOLE =
            "gpt-x 2026-08-06 verified chat in=2.5 out=10 cached=0.125 request=0.005 in>200000=5 out>200000=15"
                    + " window=128000 most=16384 can=tools,vision,json source=https://vendor.example/prices";

    @Test
    void shouldReadBackWhatItWrites() {
        CatalogueText.Read read = CatalogueText.read("# a comment\n\n[openai]\n" + WHOLE + "\n");

        assertThat(read.problems()).isEmpty();
        assertThat(read.catalogue().rows()).extracting(CatalogueText::line).containsExactly(WHOLE);
    }

    @Test
    void shouldTakePricesByTheMillionTokensAndTheCall() {
        StatedPrice price = CatalogueText.read("[openai]\n" + WHOLE)
                .catalogue()
                .rows()
                .getFirst()
                .price();

        assertThat(price.get(PriceTerm.CACHED)).isEqualTo(Money.ofDollars("0.000000125"));
        assertThat(price.get(PriceTerm.REQUEST)).isEqualTo(Money.ofDollars("0.005"));
        assertThat(price.amounts())
                .containsEntry(new PriceTerm.Key(PriceTerm.OUTPUT, 200_000), Money.ofDollars("0.000015"));
    }

    @Test
    void shouldReadBackWhatItSaysOfAVendor() {
        String text =
                "# of today\n\n[openai] source=https://vendor.example search=0.01 image-most=48169 use-most=20000\n"
                        + "gpt-x 2026-08-06 verified chat in=1 out=2 audio-in=3 priority-in=2 search-preview=0.025"
                        + " priority-in>272000=4 window=100 image-most=765\n";

        CatalogueText.Read read = CatalogueText.read(text);

        assertThat(read.problems()).isEmpty();
        assertThat(CatalogueText.write(read.catalogue(), "of today")).isEqualTo(text);
    }

    @Test
    void shouldNotTakeAModelsPriceForItsVendors() {
        CatalogueText.Read read = CatalogueText.read("[openai] in=1\n");

        assertThat(read.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("is a model's price"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m 2026-08-06 verified | wants a model",
                "m yesterday verified chat in=1 out=2 | is no day",
                "m 2026-08-06 guessed chat in=1 out=2 | is no known word there: guessed",
                "m 2026-08-06 verified song in=1 out=2 | is no known word there: song",
                "m 2026-08-06 verified chat in=one out=2 | is no decimal number: one",
                "m 2026-08-06 verified chat in=-1 out=2 | is below nothing: -1",
                "m 2026-08-06 verified chat in=0.0000001 out=2 | is finer than a trillionth",
                "m 2026-08-06 verified chat in=1 in=2 | says it twice: in=2",
                "m 2026-08-06 verified chat in=1 out=2 colour=red | has a word that is not known: colour",
                "m 2026-08-06 verified chat batch-in>5=1 | has no other price for long prompts",
                "m 2026-08-06 verified chat in=1 out=2 can=fly | is no known word there: fly",
                "m 2026-08-06 verified chat free | is no name=value: free",
            })
    void shouldSayWhatIsWrongWithALine(String line, String what) {
        CatalogueText.Read read = CatalogueText.read("[openai]\ngood 2026-08-06 verified chat in=1 out=2\n" + line);

        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.what()).contains(what);
        });
        assertThat(read.catalogue().rows()).hasSize(1);
    }

    @Test
    void shouldRefuseAModelOfNoVendor() {
        assertThat(CatalogueText.read("m 2026-08-06 verified chat in=1 out=2").problems())
                .singleElement()
                .extracting(CatalogueText.Problem::what)
                .isEqualTo("is of no vendor: write [vendor] above it");
    }

    @Test
    void shouldRefuseTheSameModelAndDayTwice() {
        String line = "m 2026-08-06 verified chat in=1 out=2\n";

        assertThat(CatalogueText.read("[openai]\n" + line + line).problems())
                .singleElement()
                .extracting(CatalogueText.Problem::what)
                .isEqualTo("says the same model and day as line 2");
    }
}
