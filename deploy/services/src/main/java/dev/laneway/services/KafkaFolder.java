package dev.laneway.services;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
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
        Path log = folder.resolve(METADATA_LOG);
        if (!Files.isDirectory(log)) {
            if (hasTopics(folder)) {
                throw data.damaged("kafka/" + METADATA_LOG + ", which knows the topics, is missing", RESTORE);
            }
            return;
        }
        Optional<String> damage = MetadataLog.damage(log);
        if (damage.isPresent()) {
            throw data.damaged("kafka/" + METADATA_LOG + "/" + damage.get() + " cannot be read", RESTORE);
        }
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

    private static boolean hasTopics(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.anyMatch(Files::isDirectory);
        }
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
