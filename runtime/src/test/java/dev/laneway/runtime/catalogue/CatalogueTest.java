package dev.laneway.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final LocalDate AUTUMN = LocalDate.of(2026, 10, 1);

    private final Catalogue builtIn = Catalogue.builtIn();

    @Test
    void shouldHaveModelsOfEveryVendor() {
        Map<String, Long> byVendor = builtIn.rows().stream()
                .filter(row -> !row.price().isEmpty())
                .collect(Collectors.groupingBy(CatalogueRow::vendor, Collectors.counting()));

        assertThat(builtIn.rows()).hasSizeGreaterThan(1_500);
        assertThat(byVendor)
                .containsKeys(
                        "openai",
                        "azure",
                        "anthropic",
                        "vertex_ai",
                        "gemini",
                        "bedrock",
                        "mistral",
                        "groq",
                        "deepseek",
                        "together_ai",
                        "fireworks_ai",
                        "openrouter",
                        "xai",
                        "perplexity",
                        "cerebras",
                        "cohere");
    }

    @Test
    void shouldHaveNoDoubtfulPrice() {
        assertThat(builtIn.rows())
                .allSatisfy(row ->
                        assertThat(Plausibility.doubts(row)).as(row.name()).isEmpty());
    }

    @Test
    void shouldSayWhereEachRowIsFrom() {
        assertThat(builtIn.rows())
                .allSatisfy(
                        row -> assertThat(builtIn.source(row)).as(row.name()).startsWith("https://"));
    }

    @Test
    void shouldBeWrittenAsItIsKept() throws IOException {
        String text;
        try (var in = Objects.requireNonNull(Catalogue.class.getResourceAsStream("models.txt"))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String comment = text.lines()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n"));

        assertThat(CatalogueText.write(builtIn, comment)).isEqualTo(text);
    }

    @Test
    void shouldTakeTheRowThatIsInForceOnADay() {
        Catalogue dated = read("""
                [openai]
                m 2026-01-01 verified chat in=1 out=2
                m 2026-10-01 verified chat in=3 out=4
                m 2026-12-01 verified chat in=5 out=6
                """);

        assertThat(dated.find("openai", "m", AUTUMN))
                .extracting(CatalogueRow::date)
                .isEqualTo(AUTUMN);
        assertThat(dated.find("openai", "M", AUTUMN.minusDays(1)))
                .extracting(CatalogueRow::date)
                .isEqualTo(LocalDate.of(2026, 1, 1));
        assertThat(dated.find("openai", "m", LocalDate.of(2020, 1, 1)))
                .extracting(CatalogueRow::date)
                .isEqualTo(LocalDate.of(2026, 1, 1));
        assertThat(dated.find("azure", "m", AUTUMN)).isNull();
    }

    @Test
    void shouldGoUnderAnotherDayByDay() {
        Catalogue mine = read("""
                [openai] source=https://mine.example
                m 2026-01-01 verified chat in=1 out=2
                m 2026-02-01 verified chat in=3 out=4
                n 2026-01-01 verified chat in=1 out=2
                """);
        Catalogue theirs = read("""
                [openai] source=https://theirs.example
                m 2026-02-01 imported chat in=9 out=9
                n 2025-01-01 imported chat in=9 out=9
                """);

        Catalogue both = mine.under(theirs);

        assertThat(both.rows())
                .extracting(CatalogueText::line)
                .isEqualTo(List.of(
                        "m 2026-01-01 verified chat in=1 out=2",
                        "n 2026-01-01 verified chat in=1 out=2",
                        "m 2026-02-01 imported chat in=9 out=9 source=https://theirs.example",
                        "n 2025-01-01 imported chat in=9 out=9 source=https://theirs.example"));
        assertThat(both.find("openai", "n", AUTUMN))
                .as("what was seen later counts, whoever says it")
                .extracting(CatalogueRow::standing)
                .isEqualTo(CatalogueRow.Standing.VERIFIED);
    }

    private static Catalogue read(String text) {
        CatalogueText.Read read = CatalogueText.read(text);
        assertThat(read.problems()).isEmpty();
        return read.catalogue();
    }
}
