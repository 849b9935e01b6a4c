package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataLogTest {
    private static final String SEGMENT = "00000000000000000000.log";
    static final int BATCH = 100;

    @TempDir
    Path folder;

    /** Batches of Kafka's message format 2, with zeros for records. */
    static byte[] batches(int count) {
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            ByteBuffer batch = ByteBuffer.allocate(BATCH);
            batch.putLong(i).putInt(BATCH - 12).putInt(0).put((byte) 2);
            CRC32C sum = new CRC32C();
            sum.update(batch.array(), 21, BATCH - 21);
            batch.putInt((int) sum.getValue());
            all.writeBytes(batch.array());
        }
        return all.toByteArray();
    }

    private Optional<String> damageOf(byte[] content) throws Exception {
        Files.write(folder.resolve(SEGMENT), content);
        return MetadataLog.read(folder, Set.of()).damage();
    }

    @Test
    void shouldFindNoDamageInAnIntactLog() throws Exception {
        assertThat(damageOf(batches(3))).isEmpty();
    }

    @Test
    void shouldFindAFlippedByte() throws Exception {
        byte[] content = batches(3);
        content[BATCH + 70] ^= 1;

        assertThat(damageOf(content)).contains(SEGMENT + " at byte " + BATCH);
    }

    @Test
    void shouldFindGarbageFromTheFirstByte() throws Exception {
        byte[] content = new byte[500];
        Arrays.fill(content, (byte) 0x5a);

        assertThat(damageOf(content)).contains(SEGMENT + " at byte 0");
    }

    @Test
    void shouldForgiveALastBatchThatWasCutShort() throws Exception {
        assertThat(damageOf(Arrays.copyOf(batches(3), 3 * BATCH - 20))).isEmpty();
    }

    @Test
    void shouldForgiveZerosWhereAPowerFailureLeftThem() throws Exception {
        assertThat(damageOf(Arrays.copyOf(batches(3), 4 * BATCH))).isEmpty();
    }

    @Test
    void shouldLookIntoSnapshotsToo() throws Exception {
        byte[] content = batches(1);
        content[80] ^= 1;
        Files.write(folder.resolve("00000000000000000010-0000000001.checkpoint"), content);

        assertThat(damageOf(batches(1))).contains("00000000000000000010-0000000001.checkpoint at byte 0");
    }

    @Test
    void shouldTellWhichTopicsTheLogDoesNotKnow() throws Exception {
        Uuid known = Uuid.randomUuid();
        Uuid unknown = Uuid.randomUuid();
        ByteBuffer batch = ByteBuffer.wrap(batches(1));
        batch.putLong(40, known.getMostSignificantBits()).putLong(48, known.getLeastSignificantBits());
        CRC32C sum = new CRC32C();
        sum.update(batch.array(), 21, BATCH - 21);
        batch.putInt(17, (int) sum.getValue());
        Files.write(folder.resolve(SEGMENT), batch.array());

        MetadataLog log = MetadataLog.read(folder, Set.of(known, unknown));

        assertThat(log).isEqualTo(new MetadataLog(Optional.empty(), Set.of(unknown)));
    }

    @Test
    void shouldNotKnowATopicFromABatchThatWasCutShort() throws Exception {
        Uuid topic = Uuid.randomUuid();
        ByteBuffer batch = ByteBuffer.wrap(batches(1));
        batch.putLong(40, topic.getMostSignificantBits()).putLong(48, topic.getLeastSignificantBits());
        Files.write(folder.resolve(SEGMENT), Arrays.copyOf(batch.array(), BATCH - 20));

        MetadataLog log = MetadataLog.read(folder, Set.of(topic));

        assertThat(log.unknown()).containsExactly(topic);
    }
}
