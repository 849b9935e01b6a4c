package dev.laneway.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Money;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueUpdateTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
    private static final Catalogue IN_FORCE = read("""
            [openai] source=https://vendor.example
            cheap 2026-08-06 verified chat in=1 out=2 cached=0.5 window=100 can=tools
            dear 2026-08-06 verified chat in=10 out=20
            """);

    @Test
    void shouldSayWhatChanges() {
        CatalogueUpdate update = CatalogueUpdate.of(IN_FORCE, read("""
                [openai] source=https://other.example
                cheap 2026-11-01 imported chat in=1 out=3 window=200 can=tools,vision
                dear 2026-11-01 imported chat in=10 out=20
                fresh 2026-11-01 imported chat in=5 out=6
                """), TODAY);

        assertThat(update.changes())
                .extracting(CatalogueUpdate.Change::line)
                .containsExactly(
                        "~ openai/cheap: out=2 -> 3, window=100 -> 200, can=[tools] -> [tools, vision], no cached"
                                + " (verified -> imported)",
                        "+ openai/fresh: in=5 out=6");
        assertThat(update.older()).isZero();
    }

    @Test
    void shouldLeaveWhatIsNewerAsItIs() {
        CatalogueUpdate update =
                CatalogueUpdate.of(IN_FORCE, read("[openai]\ncheap 2026-08-05 imported chat in=9 out=9\n"), TODAY);

        assertThat(update.changes()).isEmpty();
        assertThat(update.older()).isEqualTo(1);
    }

    @Test
    void shouldKeepOtherRowsOfTheFileAndNameTheSourceOfNewOnes() {
        CatalogueUpdate update = CatalogueUpdate.of(IN_FORCE, read("""
                [openai] source=https://other.example
                cheap 2026-11-01 imported chat in=2 out=3
                """), TODAY);

        Catalogue after = update.over(read("""
                [openai]
                cheap 2026-09-01 verified chat in=1 out=2 source=https://mine.example
                own 2026-09-01 verified chat in=1 out=2 source=https://mine.example
                """));

        assertThat(after.rows())
                .extracting(CatalogueText::line)
                .containsExactly(
                        "own 2026-09-01 verified chat in=1 out=2 source=https://mine.example",
                        "cheap 2026-11-01 imported chat in=2 out=3 source=https://other.example");
    }

    @Test
    void shouldKeepWhatWasComparedWhereAnotherTableOfThatDayWasNot() {
        CatalogueUpdate update = CatalogueUpdate.of(IN_FORCE, read("""
                [openai]
                cheap 2026-08-06 imported chat in=1 out=2
                dear 2026-08-06 verified chat in=11 out=20
                """), TODAY);

        assertThat(update.changes())
                .extracting(CatalogueUpdate.Change::line)
                .containsExactly("~ openai/dear: in=10 -> 11");
        assertThat(update.older()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "in=10.1 out=2 | costs another sum altogether: in=1 -> 10.1",
                "in=1 out=0.19 | costs another sum altogether: out=2 -> 0.19",
                "in=1 out=0 | costs nothing any more: out=2 -> 0",
                "window=100 | costs nothing any more: in=1 -> none",
            })
    void shouldNotTakeAPriceThatIsAnotherOneAltogetherAndWasComparedWithNobodys(String price, String odd) {
        CatalogueUpdate update =
                CatalogueUpdate.of(IN_FORCE, read("[openai]\ncheap 2026-11-01 imported chat " + price + "\n"), TODAY);

        assertThat(update.changes()).isEmpty();
        assertThat(update.refused())
                .containsExactly("openai/cheap " + odd + ": where that is meant, write it as verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verified chat in=20 out=40", "imported chat in=10 out=0.2"})
    void shouldTakeAPriceThatIsMeant(String row) {
        CatalogueUpdate update = CatalogueUpdate.of(
                IN_FORCE, read("[openai] source=https://vendor.example\ncheap 2026-11-01 " + row + "\n"), TODAY);

        assertThat(update.changes()).hasSize(1);
        assertThat(update.refused()).isEmpty();
    }

    @Test
    void shouldTakeTheRowOfTodayAndThoseOfLaterDays() {
        CatalogueUpdate update = CatalogueUpdate.of(IN_FORCE, read("""
                [openai] source=https://other.example
                cheap 2026-10-01 verified chat in=7 out=8
                cheap 2026-11-01 verified chat in=2 out=3
                cheap 2027-01-01 verified chat in=4 out=6
                dear 2026-11-01 verified chat in=10 out=20
                dear 2027-01-01 verified chat in=10 out=20
                """), TODAY);

        assertThat(update.changes())
                .extracting(CatalogueUpdate.Change::line)
                .containsExactly(
                        "~ openai/cheap: in=1 -> 2, out=2 -> 3, window=100 -> 0, can=[tools] -> [], no cached",
                        "~ openai/cheap from 2027-01-01: in=2 -> 4, out=3 -> 6");
        Catalogue after = IN_FORCE.under(update.over(Catalogue.EMPTY));
        assertThat(after.find("openai", "cheap", TODAY))
                .extracting(row -> row.price().get(PriceTerm.INPUT))
                .isEqualTo(Money.ofDollars("0.000002"));
        assertThat(after.find("openai", "cheap", LocalDate.of(2027, 1, 1)))
                .extracting(row -> row.price().get(PriceTerm.INPUT))
                .isEqualTo(Money.ofDollars("0.000004"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "[openai]\n", "{}", "{\"a\": 1}", "[1, 2]", "{", "\0\1\2"})
    void shouldNotTakeAFileWithoutAModel(String text) {
        CatalogueUpdate.Read read = CatalogueUpdate.read(text.getBytes(StandardCharsets.UTF_8), TODAY);

        assertThat(read.problems()).isNotEmpty();
    }

    @Test
    void shouldReadWhatBeginsWithAByteOrderMark() {
        byte[] table = "\uFEFF{\"gpt-x\": {\"litellm_provider\": \"openai\", \"mode\": \"chat\"}}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(CatalogueUpdate.read(table, TODAY).catalogue().rows()).hasSize(1);
    }

    @Test
    void shouldReadATableOfLiteLlms() {
        CatalogueUpdate.Read read = CatalogueUpdate.read("""
                {"gpt-x": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06,
                  "output_cost_per_token": 2e-06},
                 "gpt-y": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 0.1,
                  "output_cost_per_token": 2e-06}}
                """.getBytes(StandardCharsets.UTF_8), TODAY);

        assertThat(read.problems()).isEmpty();
        assertThat(read.refused()).containsExactly("gpt-y costs more than anything does: in=100000");
        assertThat(read.catalogue().rows())
                .extracting(CatalogueText::line)
                .containsExactly("gpt-x 2026-11-30 imported chat in=1 out=2");
    }

    private static Catalogue read(String text) {
        CatalogueText.Read read = CatalogueText.read(text);
        assertThat(read.problems()).isEmpty();
        return read.catalogue();
    }
}
