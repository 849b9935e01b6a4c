package dev.laneway.standalone.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.runtime.meters.Meters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadProofsTest {
    @TempDir
    private Path folder;

    private final FakeChildren children = new FakeChildren();
    private final Meters meters = Meters.create();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void shouldProveOneAtATimeAndTheNewestNext() throws Exception {
        try (ReloadProofs proofs = proofs(ReloadProofs.LIMIT)) {
            proofs.request("v1");
            FakeChildren.Child first = children.next();
            proofs.request("v2");
            proofs.request("v3");
            assertThat(children.another()).isFalse();

            first.print(true, "v1");
            children.next().print(true, "v3");
            awaitRuns("kept", 2);

            assertThat(children.another()).isFalse();
            assertThat(evidence()).hasSize(2).anyMatch(name -> name.endsWith("-v1.json"));
            assertThat(meters.scrape()).contains("laneway_proof_kept 1");
        }
    }

    @Test
    void shouldKeepEvidenceForItsOwnerAlone() throws Exception {
        try (ReloadProofs proofs = proofs(ReloadProofs.LIMIT)) {
            proofs.request("v1");
            children.next().print(false, "v1");
            awaitRuns("broken", 1);

            Path file = proofsFolder().resolve(evidence().getFirst());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(proofsFolder())))
                    .isEqualTo("rwx------");
            assertThat(meters.scrape()).contains("laneway_proof_kept 0");
        }
    }

    @Test
    void shouldEndAProofThatTakesTooLong() throws Exception {
        try (ReloadProofs proofs = proofs(Duration.ofMillis(20))) {
            proofs.request("v1");
            FakeChildren.Child slow = children.next();
            awaitRuns("failed", 1);

            assertThat(slow.killed()).isTrue();
            assertThat(evidence()).isEmpty();
            proofs.request("v2");
            children.next().fail();
            awaitRuns("failed", 2);
        }
    }

    @Test
    void shouldNotTakeTheProofOfAnotherConfigForThisOnes() throws Exception {
        try (ReloadProofs proofs = proofs(ReloadProofs.LIMIT)) {
            proofs.request("v1");
            children.next().print(true, "v2");
            awaitRuns("outdated", 1);

            assertThat(evidence()).isEmpty();
            assertThat(meters.scrape()).contains("laneway_proof_kept 0");
        }
    }

    @Test
    void shouldOutliveAProcessThatCannotStart() {
        ProofChild broken = output -> {
            throw new IOException("no java");
        };
        try (ReloadProofs proofs =
                new ReloadProofs(broken, ProofArchive.in(proofsFolder()), meters, ReloadProofs.LIMIT)) {
            proofs.request("v1");
            awaitRuns("failed", 1);
            proofs.request("v2");
            awaitRuns("failed", 2);
        }
    }

    @Test
    void shouldEndWhatRunsWhenItCloses() throws Exception {
        ReloadProofs proofs = proofs(ReloadProofs.LIMIT);
        proofs.request("v1");
        FakeChildren.Child child = children.next();
        proofs.request("v2");

        // a request that is being started is ended too, as soon as it can be
        proofs.close();
        proofs.request("v3");

        await().until(child::killed);
        await().until(() -> evidence().isEmpty());
        assertThat(children.another()).isFalse();
        assertThat(meters.scrape()).doesNotContain("laneway_proof");
    }

    private ReloadProofs proofs(Duration limit) {
        return new ReloadProofs(children, ProofArchive.in(proofsFolder()), meters, limit);
    }

    private Path proofsFolder() {
        return folder.resolve("proofs");
    }

    private void awaitRuns(String outcome, int count) {
        await().until(() ->
                meters.scrape().contains("laneway_proof_runs_total{outcome=\"" + outcome + "\"} " + count + ".0")
                        && meters.scrape().contains("laneway_proof_kept"));
    }

    private List<String> evidence() throws IOException {
        try (Stream<Path> files = Files.list(proofsFolder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
