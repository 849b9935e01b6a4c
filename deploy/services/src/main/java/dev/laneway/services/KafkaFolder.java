package dev.laneway.services;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The broker's folder, looked at before the broker does: over a damaged one it would halt, and topics that its metadata does
 * not know it takes for strays and deletes.
 */
final class KafkaFolder {
    private static final String METADATA_LOG = "__cluster_metadata-0";
    private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";
    private static final Pattern TOPIC_ID = Pattern.compile("topic_id: ([A-Za-z0-9_-]{22})");
    private static final String RESTORE = "restore the folder from a backup, or choose another with --data-dir";

    private KafkaFolder() {}

    static void check(DataFolder data) throws ServicesException, IOException {
        Path folder = data.kafka();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw data.damaged("kafka is a file and not a folder", "move it away");
        }
        if (Trees.isEmpty(folder)) {
            return;
        }
        Path meta = folder.resolve("meta.properties");
        if (!Files.isRegularFile(meta)) {
            throw data.damaged("kafka/meta.properties is missing", RESTORE);
        }
        checkMeta(data, meta);
        checkTopics(data, folder);
    }

    private static void checkTopics(DataFolder data, Path folder) throws ServicesException, IOException {
        Map<Uuid, String> topics = topicsIn(folder);
        Path log = folder.resolve(METADATA_LOG);
        if (!Files.isDirectory(log)) {
            if (!topics.isEmpty()) {
                throw data.damaged("kafka/" + METADATA_LOG + ", which knows the topics, is missing", RESTORE);
            }
            return;
        }
        MetadataLog metadata = MetadataLog.read(log, topics.keySet());
        if (metadata.damage().isPresent()) {
            throw data.damaged("kafka/" + METADATA_LOG + "/" + metadata.damage().get() + " cannot be read", RESTORE);
        }
        if (!metadata.unknown().isEmpty()) {
            String topic = topics.get(metadata.unknown().iterator().next());
            throw data.damaged("kafka/" + METADATA_LOG + " does not know kafka/" + topic, RESTORE);
        }
        Optional<String> damage = PartitionLogs.damage(folder, partitionsIn(folder), wasKilled(folder));
        if (damage.isPresent()) {
            throw data.damaged("kafka/" + damage.get() + " cannot be read", RESTORE);
        }
    }

    private static List<Path> partitionsIn(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(KafkaFolder::isPartition).sorted().toList();
        }
    }

    /** The partitions that lie here, by the id of their topic; not those on their way to be deleted. */
    private static Map<Uuid, String> topicsIn(Path folder) throws IOException {
        Map<Uuid, String> topics = new HashMap<>();
        for (Path partition : partitionsIn(folder)) {
            Path metadata = partition.resolve("partition.metadata");
            if (Files.exists(metadata)) {
                Matcher id = TOPIC_ID.matcher(Files.readString(metadata, ISO_8859_1));
                if (id.find()) {
                    topics.put(
                            Uuid.fromString(id.group(1)),
                            partition.getFileName().toString());
                }
            }
        }
        return topics;
    }

    private static void checkMeta(DataFolder data, Path meta) throws ServicesException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(meta, ISO_8859_1)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw data.damaged("kafka/meta.properties cannot be read", RESTORE);
        }
        for (String key : List.of("version", "cluster.id", "node.id")) {
            if (properties.getProperty(key, "").isBlank()) {
                throw data.damaged("kafka/meta.properties has no " + key, RESTORE);
            }
        }
        if (!properties.getProperty("node.id").equals(Integer.toString(KafkaSettings.NODE_ID))) {
            throw data.damaged("kafka/meta.properties belongs to another broker", RESTORE);
        }
    }

    private static boolean isPartition(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches(".*-[0-9]+") && !name.equals(METADATA_LOG);
    }

    /** Whether the last broker on this folder went without saying so. */
    static boolean wasKilled(Path folder) {
        return Files.isDirectory(folder.resolve(METADATA_LOG)) && !Files.exists(folder.resolve(CLEAN_SHUTDOWN));
    }

    /** Makes a folder that is not there yet into one a broker can start on. */
    static void format(Path folder) throws IOException {
        if (!Trees.isEmpty(folder)) {
            return;
        }
        Path fresh = folder.resolveSibling("kafka.new");
        Trees.delete(fresh);
        DataFolder.make(fresh);
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, ISO_8859_1))
                    .setNodeId(KafkaSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setControllerListenerName(KafkaSettings.CONTROLLER_LISTENER)
                    .addDirectory(fresh.toString())
                    .setMetadataLogDirectory(fresh.toString())
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot format " + fresh, e);
        }
        Files.deleteIfExists(folder);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    }
}
