package dev.laneway.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Looks at the broker's folder before the broker does: it would halt the JVM over a damaged one, and take topics it does not
 * know for strays and delete them.
 */
final class KafkaFolder {
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
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(meta)) {
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
        if (!Files.isDirectory(folder.resolve(KafkaSettings.METADATA_LOG)) && hasTopics(folder)) {
            throw data.damaged("kafka/" + KafkaSettings.METADATA_LOG + ", which knows the topics, is missing", RESTORE);
        }
    }

    private static boolean hasTopics(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.anyMatch(Files::isDirectory);
        }
    }
}
