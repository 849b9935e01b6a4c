package dev.laneway.standalone.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofArchiveTest {
    @TempDir
    private Path folder;

    @Test
    void shouldDropTheOldest() throws IOException {
        ProofArchive archive = ProofArchive.in(folder);
        for (int second = 0; second <= ProofArchive.MOST; second++) {
            archive.keep(archive.begin(), Instant.ofEpochSecond(second), "v" + second);
        }

        assertThat(names())
                .hasSize(ProofArchive.MOST)
                .contains("19700101T000050.000Z-v50.json")
                .doesNotContain("19700101T000000.000Z-v0.json");
    }

    @Test
    void shouldDeleteWhatAKilledProcessBegan() throws IOException {
        ProofArchive.in(folder).begin();

        ProofArchive.in(folder).begin();

        assertThat(names()).hasSize(1);
    }

    @Test
    void shouldKeepNothingWithoutAFolder() throws IOException {
        ProofArchive archive = ProofArchive.none();
        Path printed = archive.begin();

        assertThat(archive.keep(printed, Instant.EPOCH, "v")).isEmpty();
        assertThat(printed).doesNotExist();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
