package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that outlive the JVM that started them, played by shells whose command line names a folder or does not. */
class LeftoversTest {
    @TempDir
    Path folder;

    private Process ours;
    private Process foreign;

    @BeforeEach
    void start() throws Exception {
        ours = new ProcessBuilder("/bin/sh", "-c", "sleep 60 & wait", "server", folder.toString()).start();
        foreign = new ProcessBuilder("/bin/sh", "-c", "sleep 60 & wait", "stranger").start();
    }

    @AfterEach
    void end() {
        for (Process process : new Process[] {ours, foreign}) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Optional<Orphan> find(String pidFile) throws Exception {
        Path file = folder.resolve("server.pid");
        Files.writeString(file, pidFile);
        return Orphan.find(file, folder);
    }

    @Test
    void shouldEndAnOrphanThatNamesTheFolder() throws Exception {
        Orphan orphan = find(ours.pid() + "\n/more\n").orElseThrow();

        orphan.end("Server", "TERM");

        // This JVM, its parent, may take a moment to collect it.
        await().until(() -> !ours.isAlive());
    }

    @Test
    void shouldNotTakeAStrangerWithARecycledProcessIdForOurs() throws Exception {
        Optional<Orphan> orphan = find(foreign.pid() + "\n");

        assertThat(orphan).hasValueSatisfying(found -> {
            assertThat(found.known()).isTrue();
            assertThat(found.ours()).isFalse();
        });
    }

    @Test
    void shouldFindNobodyByAFileThatSaysNonsense() throws Exception {
        assertThat(find("rm -rf\n")).isEmpty();
    }

    @Test
    void shouldSweepOnlyWhatNamesTheFolderWhenItsPipeBreaks() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Files.writeString(temporary.resolve("file"), "");
        Sweeper sweeper = Sweeper.start(folder, temporary);
        sweeper.add("TERM", ours.pid());
        sweeper.add("TERM", foreign.pid());

        sweeper.breakPipe();

        await().until(() -> !ours.isAlive() && Files.notExists(temporary));
        assertThat(foreign.isAlive()).isTrue();
        assertThat(folder).exists();
    }

    @Test
    void shouldSweepNothingAfterAnOrderlyClose() throws Exception {
        Sweeper sweeper = Sweeper.start(folder, folder);
        sweeper.add("TERM", ours.pid());
        ProcessHandle shell = ProcessHandle.of(sweeper.pid()).orElseThrow();

        sweeper.close();

        await().until(() -> !shell.isAlive());
        assertThat(ours.isAlive()).isTrue();
        assertThat(folder).exists();
    }
}
