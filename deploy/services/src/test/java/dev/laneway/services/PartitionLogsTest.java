package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionLogsTest {
    private static final int BATCH = MetadataLogTest.BATCH;
    private static final boolean KILLED = true;

    @TempDir
    Path folder;

    private Optional<String> damageOf(byte[] newest, boolean killed) throws Exception {
        Path partition = Files.createDirectories(folder.resolve("lw.control-0"));
        Files.writeString(partition.resolve("00000000000000000000.log"), "older segments are not read");
        Files.write(partition.resolve("00000000000000000007.log"), newest);
        return PartitionLogs.damage(folder, List.of(partition), killed);
    }

    @Test
    void shouldFindNoDamageInIntactAndEmptyLogs() throws Exception {
        assertThat(damageOf(MetadataLogTest.batches(3), !KILLED)).isEmpty();
        assertThat(damageOf(new byte[0], !KILLED)).isEmpty();
    }

    @Test
    void shouldFindAnyDamageInALogThatWasClosed() throws Exception {
        byte[] content = MetadataLogTest.batches(3);
        content[2 * BATCH + 70] ^= 1;

        assertThat(damageOf(content, !KILLED)).contains("lw.control-0/00000000000000000007.log at byte " + 2 * BATCH);
    }

    @Test
    void shouldFindDamageThatSomethingWholeFollowsWhereTheBrokerWasKilled() throws Exception {
        byte[] content = MetadataLogTest.batches(3);
        Arrays.fill(content, BATCH, BATCH + 60, (byte) 'x');

        assertThat(damageOf(content, KILLED)).contains("lw.control-0/00000000000000000007.log at byte " + BATCH);
    }

    @Test
    void shouldLeaveWhatAPowerCutLeftAtTheEndToKafka() throws Exception {
        byte[] content = MetadataLogTest.batches(3);
        Arrays.fill(content, 2 * BATCH + 40, 3 * BATCH, (byte) 0);
        content[2 * BATCH + 30] = 1;

        assertThat(damageOf(content, KILLED)).isEmpty();
    }
}
