package dev.laneway.services;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Looks for damage in Kafka's metadata log before Kafka does, which would cut the log off at the damage, forget the topics
 * behind it and delete their data as strays. Segments and snapshots ({@code .log}, {@code .checkpoint}) are record batches of
 * Kafka's message format 2.
 */
final class MetadataLog {
    /** From the batch's beginning to the end of its length field. */
    private static final int LENGTH_END = 12;

    private static final int MAGIC_AT = 16;
    private static final int CRC_AT = 17;
    private static final int CRC_COVERS_FROM = 21;
    private static final byte MAGIC = 2;

    private MetadataLog() {}

    /** The first damaged file, if one is, as {@code name at byte N}. */
    static Optional<String> damage(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file ->
                            file.toString().endsWith(".log") || file.toString().endsWith(".checkpoint"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            OptionalLong position = damageIn(file);
            if (position.isPresent()) {
                return Optional.of(file.getFileName() + " at byte " + position.getAsLong());
            }
        }
        return Optional.empty();
    }

    /** A last batch that was cut short by a power failure is no damage: Kafka never acknowledged it, and drops it. */
    private static OptionalLong damageIn(Path file) throws IOException {
        ByteBuffer content = read(file);
        int at = 0;
        while (content.limit() - at > CRC_COVERS_FROM) {
            if (isZero(content, at)) {
                return OptionalLong.empty();
            }
            long end = (long) at + LENGTH_END + content.getInt(at + LENGTH_END - Integer.BYTES);
            if (content.get(at + MAGIC_AT) != MAGIC || end <= at + CRC_COVERS_FROM) {
                return OptionalLong.of(at);
            }
            if (end > content.limit()) {
                return OptionalLong.empty();
            }
            CRC32C sum = new CRC32C();
            sum.update(content.slice(at + CRC_COVERS_FROM, (int) end - at - CRC_COVERS_FROM));
            if ((int) sum.getValue() != content.getInt(at + CRC_AT)) {
                return OptionalLong.of(at);
            }
            at = (int) end;
        }
        return OptionalLong.empty();
    }

    /** Snapshots keep segments of this log far below the 2 GB that a buffer holds. */
    private static ByteBuffer read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (content.hasRemaining() && channel.read(content) >= 0) {
                // Reads on until the file ends.
            }
            return content.flip();
        }
    }

    private static boolean isZero(ByteBuffer content, int from) {
        for (int at = from; at < content.limit(); at++) {
            if (content.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
