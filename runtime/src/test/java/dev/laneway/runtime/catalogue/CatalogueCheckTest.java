package dev.laneway.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueCheckTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

    @Test
    void shouldFindNothingWrongWithTheReleasesOwn() {
        assertThat(CatalogueCheck.of(Catalogue.builtIn(), LocalDate.of(2026, 11, 30), 6))
                .isEqualTo(new CatalogueCheck.Found(List.of(), List.of()));
    }

    @Test
    void shouldFindAPriceOfAnotherUnit() {
        assertThat(check("m 2026-10-01 imported chat in=2500 out=10000").errors())
                .containsExactly(
                        "openai/m@2026-10-01 costs more than anything does: in=2500",
                        "openai/m@2026-10-01 costs more than anything does: out=10000");
        assertThat(check("m 2026-10-01 imported chat in=0.000003 out=0").errors())
                .containsExactly("openai/m@2026-10-01 costs less than anything does: in=0.000003");
    }

    @Test
    void shouldFindPricesThatDontFitTogether() {
        assertThat(check("m 2026-10-01 imported chat in=1 out=2 cached=2 write=0.5 batch-in=3")
                        .errors())
                .containsExactly(
                        "openai/m@2026-10-01 cached tokens cost more than others: cached=2",
                        "openai/m@2026-10-01 what goes into a cache costs less than what doesn't: write=0.5",
                        "openai/m@2026-10-01 batches cost more than other calls: batch-in=3");
    }

    @Test
    void shouldWantASourceOfWhatIsVerified() {
        CatalogueCheck.Found found = CatalogueCheck.of(CatalogueText.read("""
                        [openai]
                        a 2026-10-01 verified chat in=1 out=2
                        b 2026-10-01 imported chat in=1 out=2
                        """).catalogue(), TODAY, 6);

        assertThat(found.errors()).containsExactly("openai/a@2026-10-01 has no source");
        assertThat(found.warnings()).containsExactly("openai/b@2026-10-01 has no source");
    }

    @Test
    void shouldSayOnceForAVendorThatNobodyHasLookedForLong() {
        assertThat(check("""
                a 2026-05-29 verified chat in=1 out=2
                b 2026-05-30 verified chat in=1 out=2
                c 2026-03-01 verified chat in=1 out=2
                d 2026-01-01 verified chat in=1 out=2
                d 2026-10-01 verified chat in=1 out=2
                """).warnings())
                .containsExactly(
                        "openai: nobody has looked at the prices of 2 models for 6 months, such as c of 2026-03-01");
    }

    @Test
    void shouldCountWhatNobodyHasLookedAtForLong() {
        assertThat(CatalogueCheck.stale(Catalogue.builtIn(), LocalDate.of(2026, 11, 30), 6))
                .isZero();
        assertThat(CatalogueCheck.stale(Catalogue.builtIn(), LocalDate.of(2036, 11, 30), 6))
                .isGreaterThan(1_500);
    }

    @Test
    void shouldFindDaysThatCantBeMeant() {
        assertThat(check("a 1999-01-01 imported chat in=1 out=2\nb 2062-01-01 imported chat in=1 out=2")
                        .errors())
                .containsExactly(
                        "openai/a@1999-01-01 is of a day that can't be meant",
                        "openai/b@2062-01-01 is of a day that can't be meant");
    }

    private static CatalogueCheck.Found check(String rows) {
        CatalogueText.Read read = CatalogueText.read("[openai] source=https://vendor.example\n" + rows);
        assertThat(read.problems()).isEmpty();
        return CatalogueCheck.of(read.catalogue(), TODAY, 6);
    }
}
