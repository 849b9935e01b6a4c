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
    /** A file in the main folder from when there is the local one: without that, topics would be missing. */
    static final String HAS_LOCAL = ".has-kafka-local";

    static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";
    private static final Pattern TOPIC_ID = Pattern.compile("topic_id: ([A-Za-z0-9_-]{22})");
    private static final String RESTORE = "restore the folder from a backup, or choose another with --data-dir";

    private KafkaFolder() {}

    static void check(DataFolder data) throws ServicesException, IOException {
        KafkaDirs dirs = data.kafkaDirs();
        for (Path dir : List.of(dirs.main(), dirs.local())) {
            if (Files.exists(dir) && !Files.isDirectory(dir)) {
                throw data.damaged(dir.getFileName() + " is a file and not a folder", "move it away");
            }
        }
        if (Trees.isEmpty(dirs.main()) && Trees.isEmpty(dirs.local())) {
            return;
        }
        Properties main = readMeta(data, dirs.main());
        if (!Trees.isEmpty(dirs.local())) {
            Properties local = readMeta(data, dirs.local());
            if (!local.getProperty("cluster.id").equals(main.getProperty("cluster.id"))) {
                throw data.damaged("kafka-local/meta.properties belongs to another broker", RESTORE);
            }
        } else if (Files.exists(dirs.main().resolve(HAS_LOCAL))) {
            throw data.damaged("kafka-local is missing", RESTORE);
        }
        checkTopics(data, dirs);
    }

    private static void checkTopics(DataFolder data, KafkaDirs dirs) throws ServicesException, IOException {
        Path folder = dirs.main();
        Map<Uuid, String> topics = topicsIn(folder);
        topics.putAll(topicsIn(dirs.local()));
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
            throw data.damaged("kafka/" + METADATA_LOG + " does not know " + topic, RESTORE);
        }
        for (Path dir : List.of(folder, dirs.local())) {
            Optional<String> damage =
                    PartitionLogs.damage(dir, partitionsIn(dir), !Files.exists(dir.resolve(CLEAN_SHUTDOWN)));
            if (damage.isPresent()) {
                throw data.damaged(dir.getFileName() + "/" + damage.get() + " cannot be read", RESTORE);
            }
        }
    }

    private static List<Path> partitionsIn(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
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
                    topics.put(Uuid.fromString(id.group(1)), folder.getFileName() + "/" + partition.getFileName());
                }
            }
        }
        return topics;
    }

    private static Properties readMeta(DataFolder data, Path dir) throws ServicesException {
        Path meta = dir.resolve("meta.properties");
        String shown = dir.getFileName() + "/meta.properties";
        if (!Files.isRegularFile(meta)) {
            throw data.damaged(shown + " is missing", RESTORE);
        }
        Properties properties;
        try {
            properties = load(meta);
        } catch (IOException | IllegalArgumentException e) {
            throw data.damaged(shown + " cannot be read", RESTORE);
        }
        for (String key : List.of("version", "cluster.id", "node.id")) {
            if (properties.getProperty(key, "").isBlank()) {
                throw data.damaged(shown + " has no " + key, RESTORE);
            }
        }
        if (!properties.getProperty("node.id").equals(Integer.toString(KafkaSettings.NODE_ID))) {
            throw data.damaged(shown + " belongs to another broker", RESTORE);
        }
        return properties;
    }

    private static Properties load(Path meta) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(meta, ISO_8859_1)) {
            properties.load(in);
        }
        return properties;
    }

    private static boolean isPartition(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches(".*-[0-9]+") && !name.equals(METADATA_LOG);
    }

    /** Whether the last broker on this folder went without saying so. */
    static boolean wasKilled(Path folder) {
        return Files.isDirectory(folder.resolve(METADATA_LOG)) && !Files.exists(folder.resolve(CLEAN_SHUTDOWN));
    }

    /** Makes folders that are not there yet into such that a broker can start on. */
    static void format(KafkaDirs dirs) throws IOException {
        format(dirs.main());
        KafkaLocalFolder.format(dirs);
    }

    private static void format(Path folder) throws IOException {
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
