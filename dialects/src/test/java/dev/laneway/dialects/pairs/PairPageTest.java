package dev.laneway.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PairPageTest {
    private static final Path PAGE = Path.of("..", "deploy", "docs", "dialects.md");

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void shouldLoseNothingInSilence(Dialect caller, Vendor vendor, Wording wording) {
        var lost = Stream.of(Feature.values())
                .filter(feature -> PairTable.fate(caller, wording, feature, vendor) == Fate.LOST);

        assertThat(lost).isEmpty();
    }

    @Test
    void shouldBeAsThePageTells() throws IOException {
        var found = PairPage.text();

        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "dialects.md"), found);
        assertThat(found)
                .as("deploy/docs/dialects.md; this test has written what it found to dialects/target/dialects.md")
                .isEqualTo(Files.exists(PAGE) ? Files.readString(PAGE) : "no page");
    }

    static Stream<Arguments> pairs() {
        return PairTable.callers().entrySet().stream()
                .flatMap(caller -> PairTable.vendors().stream()
                        .map(vendor -> Arguments.of(caller.getKey(), vendor, caller.getValue())));
    }
}
