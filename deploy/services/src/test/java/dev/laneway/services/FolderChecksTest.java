package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at before a server is let onto its folder. */
class FolderChecksTest {
    @TempDir
    Path temporary;

    private DataFolder data;

    @BeforeEach
    void open() throws Exception {
        data = DataFolder.open(temporary, 0);
    }

    @AfterEach
    void close() {
        data.close();
    }

    private void assertDamage(Throwable refusal, String what) {
        assertThat(refusal)
                .isInstanceOf(ServicesException.class)
                .hasMessageStartingWith("data folder " + data.root() + " is damaged: " + what + ": ");
        assertThat(refusal.getMessage()).doesNotContain("\n");
    }

    @Test
    void shouldAcceptAFolderThatWasJustFormatted() throws Exception {
        KafkaFolder.format(data.kafkaDirs());

        assertThatCode(() -> KafkaFolder.check(data)).doesNotThrowAnyException();
    }

    @Test
    void shouldFormatAgainWhatAKilledStartLeftHalfDone() throws Exception {
        Files.createDirectories(data.root().resolve("kafka.new"));
        Files.writeString(data.root().resolve("kafka.new/meta.properties"), "ver");

        KafkaFolder.format(data.kafkaDirs());

        assertThat(data.kafka().resolve("meta.properties")).content().contains("cluster.id");
        assertThat(data.root().resolve("kafka.new")).doesNotExist();
    }

    @Test
    void shouldRefuseABrokersFolderWithoutItsMetaProperties() throws Exception {
        KafkaFolder.format(data.kafkaDirs());
        Files.delete(data.kafka().resolve("meta.properties"));

        Throwable refusal = catchThrowable(() -> KafkaFolder.check(data));

        assertDamage(refusal, "kafka/meta.properties is missing");
    }

    @Test
    void shouldRefuseMetaPropertiesThatSayNonsense() throws Exception {
        KafkaFolder.format(data.kafkaDirs());
        Files.write(data.kafka().resolve("meta.properties"), new byte[] {0, 1, (byte) 0xff, '\\', 'u', '1'});

        Throwable refusal = catchThrowable(() -> KafkaFolder.check(data));

        assertDamage(refusal, "kafka/meta.properties cannot be read");
    }

    @Test
    void shouldRefuseMetaPropertiesThatLackTheClusterId() throws Exception {
        KafkaFolder.format(data.kafkaDirs());
        Files.writeString(data.kafka().resolve("meta.properties"), "version=1\nnode.id=1\n");

        Throwable refusal = catchThrowable(() -> KafkaFolder.check(data));

        assertDamage(refusal, "kafka/meta.properties has no cluster.id");
    }

    @Test
    void shouldRefuseTopicsThatTheMetadataLogNoLongerKnows() throws Exception {
        KafkaFolder.format(data.kafkaDirs());
        addPartition("lw.usage-0");

        Throwable refusal = catchThrowable(() -> KafkaFolder.check(data));

        assertDamage(refusal, "kafka/__cluster_metadata-0, which knows the topics, is missing");
    }

    @Test
    void shouldRefuseATopicThatKafkaWouldTakeForAStrayAndDelete() throws Exception {
        KafkaFolder.format(data.kafkaDirs());
        Files.createDirectory(data.kafka().resolve("__cluster_metadata-0"));
        addPartition("lw.usage-0");

        Throwable refusal = catchThrowable(() -> KafkaFolder.check(data));

        assertDamage(refusal, "kafka/__cluster_metadata-0 does not know kafka/lw.usage-0");
    }

    @Test
    void shouldNotMissATopicThatIsBeingDeleted() throws Exception {
        KafkaFolder.format(data.kafkaDirs());
        Files.createDirectory(data.kafka().resolve("__cluster_metadata-0"));
        addPartition("lw.usage-0.982ecffcbaa34aeb819054a535e411fe-delete");

        assertThatCode(() -> KafkaFolder.check(data)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseToStartWithoutTheFolderOfZoneLocal() throws Exception {
        KafkaFolder.format(data.kafkaDirs());
        Trees.delete(data.kafkaDirs().local());

        Throwable refusal = catchThrowable(() -> KafkaFolder.check(data));

        assertDamage(refusal, "kafka-local is missing");
    }

    @Test
    void shouldRefuseAFolderOfZoneLocalWithoutTheOther() throws Exception {
        KafkaFolder.format(data.kafkaDirs());
        Trees.delete(data.kafka());

        Throwable refusal = catchThrowable(() -> KafkaFolder.check(data));

        assertDamage(refusal, "kafka/meta.properties is missing");
    }

    @Test
    void shouldRefuseTheFolderOfAnotherBrokersZoneLocal() throws Exception {
        KafkaFolder.format(data.kafkaDirs());
        Trees.delete(data.kafka());
        Path local = data.kafkaDirs().local();
        Path other = Files.move(local, local.resolveSibling("other"));
        KafkaFolder.format(data.kafkaDirs());
        Trees.delete(local);
        Files.move(other, local);

        Throwable refusal = catchThrowable(() -> KafkaFolder.check(data));

        assertDamage(refusal, "kafka-local/meta.properties belongs to another broker");
    }

    @Test
    void shouldTakeOverTheTopicsOfZoneLocalOfOlderData() throws Exception {
        KafkaFolder.format(data.kafkaDirs());
        Trees.delete(data.kafkaDirs().local());
        Files.delete(data.kafka().resolve(KafkaFolder.HAS_LOCAL));
        addPartition("lw.local.replies-0");
        addPartition("lw.cloud.replies-0");

        KafkaFolder.format(data.kafkaDirs());

        assertThat(data.kafkaDirs().local().resolve("lw.local.replies-0/partition.metadata"))
                .exists();
        assertThat(data.kafka().resolve("lw.local.replies-0")).doesNotExist();
        assertThat(data.kafka().resolve("lw.cloud.replies-0")).exists();
    }

    private void addPartition(String name) throws Exception {
        Path partition = Files.createDirectory(data.kafka().resolve(name));
        Files.writeString(partition.resolve("partition.metadata"), "version: 0\ntopic_id: " + Uuid.randomUuid());
    }

    @Test
    void shouldRefuseAMetadataLogThatCannotBeRead() throws Exception {
        KafkaFolder.format(data.kafkaDirs());
        Path log = Files.createDirectory(data.kafka().resolve("__cluster_metadata-0"));
        Files.writeString(log.resolve("00000000000000000000.log"), "garbage ".repeat(20));

        Throwable refusal = catchThrowable(() -> KafkaFolder.check(data));

        assertDamage(refusal, "kafka/__cluster_metadata-0/00000000000000000000.log at byte 0 cannot be read");
    }

    @Test
    void shouldRefuseADatabaseWithoutItsVersion() throws Exception {
        Files.createDirectories(data.postgres().resolve("base"));

        Throwable refusal = catchThrowable(() -> PostgresFolder.check(data));

        assertDamage(refusal, "postgres/PG_VERSION is missing");
    }

    @Test
    void shouldRefuseADatabaseOfAnotherVersion() throws Exception {
        Files.createDirectories(data.postgres());
        Files.writeString(data.postgres().resolve("PG_VERSION"), "17\n");

        Throwable refusal = catchThrowable(() -> PostgresFolder.check(data));

        assertThat(refusal)
                .isInstanceOf(ServicesException.class)
                .hasMessageContaining("was made by PostgreSQL 17 and this is 18");
    }

    @Test
    void shouldRefuseADatabaseWhosePasswordIsGone() throws Exception {
        Files.createDirectories(data.postgres());
        Files.writeString(data.postgres().resolve("PG_VERSION"), PostgresFolder.MAJOR_VERSION + "\n");

        Throwable refusal = catchThrowable(() -> PostgresFolder.check(data));

        assertDamage(refusal, "secrets/postgres.password is missing");
    }

    @Test
    void shouldRefuseFilesInPlaceOfFolders() throws Exception {
        Files.writeString(data.kafka(), "");
        Files.writeString(data.postgres(), "");
        Files.writeString(data.redis(), "");

        assertDamage(catchThrowable(() -> KafkaFolder.check(data)), "kafka is a file and not a folder");
        assertDamage(catchThrowable(() -> PostgresFolder.check(data)), "postgres is a file and not a folder");
        assertDamage(catchThrowable(() -> RedisFolder.check(data)), "redis is a file and not a folder");
    }
}
