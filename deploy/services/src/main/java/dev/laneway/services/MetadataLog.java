package dev.laneway.services;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.kafka.common.Uuid;

/**
 * Kafka's metadata log, read before Kafka reads it: where it is damaged Kafka would cut it off, forget the topics behind the
 * damage and delete their data as strays. Segments and snapshots ({@code .log}, {@code .checkpoint}) are uncompressed record
 * batches of Kafka's message format 2, in which a topic's id stands as its 16 bytes.
 *
 * @param damage the first damaged file, as {@code name at byte N}
 * @param unknown those of the wanted topic ids that occur nowhere
 */
record MetadataLog(Optional<String> damage, Set<Uuid> unknown) {
    /** From a batch's beginning to the end of its length field. */
    private static final int LENGTH_END = 12;

    private static final int MAGIC_AT = 16;
    private static final int CRC_AT = 17;
    private static final int CRC_COVERS_FROM = 21;
    private static final byte MAGIC = 2;

    static MetadataLog read(Path folder, Set<Uuid> wanted) throws IOException {
        Set<Long> halves = wanted.stream().map(Uuid::getMostSignificantBits).collect(Collectors.toSet());
        Set<Uuid> unknown = wanted.stream().collect(Collectors.toSet());
        for (Path file : files(folder)) {
            ByteBuffer content = content(file);
            int valid = validBytes(content);
            for (int at = 0; at + 2 * Long.BYTES <= valid && !unknown.isEmpty(); at++) {
                if (halves.contains(content.getLong(at))) {
                    unknown.remove(new Uuid(content.getLong(at), content.getLong(at + Long.BYTES)));
                }
            }
            if (!isCutShort(content, valid)) {
                return new MetadataLog(Optional.of(file.getFileName() + " at byte " + valid), unknown);
            }
        }
        return new MetadataLog(Optional.empty(), unknown);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file ->
                            file.toString().endsWith(".log") || file.toString().endsWith(".checkpoint"))
                    .sorted()
                    .toList();
        }
    }

    /** Snapshots keep the segments of this log far below the 2 GB that a buffer holds. */
    private static ByteBuffer content(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (content.hasRemaining() && channel.read(content) >= 0) {
                // Reads on until the file ends.
            }
            return content.flip();
        }
    }

    /** How far whole batches with the right checksum go. */
    static int validBytes(ByteBuffer content) {
        int at = 0;
        while (isBatch(content, at)) {
            at = (int) endOfBatch(content, at);
        }
        return at;
    }

    /** Whether a whole batch with the right checksum begins there. */
    static boolean isBatch(ByteBuffer content, int at) {
        if (content.limit() - at <= CRC_COVERS_FROM || content.get(at + MAGIC_AT) != MAGIC) {
            return false;
        }
        long end = endOfBatch(content, at);
        if (end <= at + CRC_COVERS_FROM || end > content.limit()) {
            return false;
        }
        CRC32C sum = new CRC32C();
        sum.update(content.slice(at + CRC_COVERS_FROM, (int) end - at - CRC_COVERS_FROM));
        return (int) sum.getValue() == content.getInt(at + CRC_AT);
    }

    private static long endOfBatch(ByteBuffer content, int at) {
        return (long) at + LENGTH_END + content.getInt(at + LENGTH_END - Integer.BYTES);
    }

    /**
     * Whether what follows is no damage but the trace of a power failure: nothing, zeros, or the beginning of a batch. Kafka
     * acknowledged none of that, and drops it.
     */
    private static boolean isCutShort(ByteBuffer content, int valid) {
        if (content.limit() - valid <= CRC_COVERS_FROM || isZero(content, valid)) {
            return true;
        }
        return content.get(valid + MAGIC_AT) == MAGIC && endOfBatch(content, valid) > content.limit();
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
