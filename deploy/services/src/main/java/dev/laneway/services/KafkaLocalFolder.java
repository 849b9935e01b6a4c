package dev.laneway.services;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.DirectoryId;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.properties.PropertiesUtils;

/**
 * The broker's folder for zone local, made beside the main one: at the first start, or where data is older than this folder. Then the
 * topics of zone local are taken over, whole partitions by renaming, before a broker runs; it finds them where they are. Whatever a
 * killed start left half done the next one ends.
 */
final class KafkaLocalFolder {
    private KafkaLocalFolder() {}

    static void format(KafkaDirs dirs) throws IOException {
        if (Trees.isEmpty(dirs.local())) {
            Path fresh = dirs.local().resolveSibling("kafka-local.new");
            Trees.delete(fresh);
            DataFolder.make(fresh);
            writeMeta(dirs.main(), fresh);
            Path clean = dirs.main().resolve(KafkaFolder.CLEAN_SHUTDOWN);
            if (Files.exists(clean)) { // or what is taken over would be recovered like a killed broker's
                Files.copy(clean, fresh.resolve(KafkaFolder.CLEAN_SHUTDOWN));
            }
            Files.deleteIfExists(dirs.local());
            Files.move(fresh, dirs.local(), StandardCopyOption.ATOMIC_MOVE);
        }
        for (Path partition : localPartitions(dirs.main())) {
            Files.move(partition, dirs.local().resolve(partition.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        Path marker = dirs.main().resolve(KafkaFolder.HAS_LOCAL);
        if (!Files.exists(marker)) {
            Files.createFile(marker);
        }
    }

    private static void writeMeta(Path main, Path local) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(main.resolve("meta.properties"), ISO_8859_1)) {
            properties.load(in);
        }
        MetaProperties meta = new MetaProperties.Builder(properties)
                .setDirectoryId(DirectoryId.random())
                .build();
        PropertiesUtils.writePropertiesFile(
                meta.toProperties(), local.resolve("meta.properties").toString(), true);
    }

    private static List<Path> localPartitions(Path main) throws IOException {
        try (Stream<Path> entries = Files.list(main)) {
            return entries.filter(entry -> {
                        String name = entry.getFileName().toString();
                        return name.startsWith(KafkaDirs.LOCAL_TOPICS) && name.matches(".*-[0-9]+");
                    })
                    .toList();
        }
    }
}
