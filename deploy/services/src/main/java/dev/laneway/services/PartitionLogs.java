package dev.laneway.services;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The newest segment of each partition, read before Kafka reads it. Over a damaged one of {@code lw.control} a start would wait in vain;
 * and after a kill Kafka cuts a log off where the damage begins, and what follows would be lost.
 */
final class PartitionLogs {
    /** After an orderly end the smallest segments are read, up to so many bytes in all: a start must not take longer with its data. */
    private static final long MOST_BYTES = 64L << 20;

    private PartitionLogs() {}

    /** The first damage, as {@code PARTITION/SEGMENT at byte N}. */
    static Optional<String> damage(Path folder, List<Path> partitions, boolean killed) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (Path partition : partitions) {
            newest(partition).ifPresent(segments::add);
        }
        segments.sort(Comparator.comparingLong(Segment::size));
        long read = 0;
        for (Segment segment : segments) {
            read += segment.size();
            if (!killed && read > MOST_BYTES) {
                break;
            }
            int damaged = damagedAt(segment, killed);
            if (damaged >= 0) {
                return Optional.of(folder.relativize(segment.file()) + " at byte " + damaged);
            }
        }
        return Optional.empty();
    }

    private record Segment(Path file, long size) {}

    private static Optional<Segment> newest(Path partition) throws IOException {
        Optional<Path> file;
        try (Stream<Path> entries = Files.list(partition)) {
            file = entries.filter(entry -> entry.toString().endsWith(".log")).max(Comparator.naturalOrder());
        }
        return file.isEmpty() ? Optional.empty() : Optional.of(new Segment(file.get(), Files.size(file.get())));
    }

    /** -1 where there is none. A log that was not closed may end with what a power cut left; nothing whole follows that. */
    private static int damagedAt(Segment segment, boolean killed) throws IOException {
        try (FileChannel channel = FileChannel.open(segment.file())) {
            ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, segment.size());
            int valid = MetadataLog.validBytes(content);
            if (valid == content.limit()) {
                return -1;
            }
            return !killed || isFollowed(content, valid) ? valid : -1;
        }
    }

    private static boolean isFollowed(ByteBuffer content, int from) {
        for (int at = from + 1; at < content.limit(); at++) {
            if (MetadataLog.isBatch(content, at)) {
                return true;
            }
        }
        return false;
    }
}
