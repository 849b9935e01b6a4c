package dev.laneway.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One start per data folder: a file lock that the system releases even when this process is killed. */
final class FolderLock implements AutoCloseable {
    static final String FILE = "laneway.lock";
    /** Closing any channel of a file drops all of this process's locks on it, so a second start in here must not open one. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static FolderLock take(Path folder) throws ServicesException, IOException {
        Path file = folder.resolve(FILE);
        if (!HELD_HERE.add(folder)) {
            throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
        }
        boolean taken = false;
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() == null) {
                    throw inUse(folder, Files.readString(file).strip());
                }
                channel.truncate(0);
                channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)), 0);
                taken = true;
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
            return new FolderLock(folder, channel);
        } finally {
            if (!taken) {
                HELD_HERE.remove(folder);
            }
        }
    }

    private static ServicesException inUse(Path folder, String holder) {
        String process = holder.matches("[0-9]+") ? "process " + holder : "another process";
        return new ServicesException("data folder " + folder + " is in use by " + process);
    }

    /** Empties the file, so that no stale process id is ever read from it. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            channel.truncate(0);
        } catch (IOException e) {
            // The disk is at fault; the system releases the lock when this process ends.
            LOG.warn("cannot release {}: {}", folder.resolve(FILE), e.getMessage());
        } finally {
            HELD_HERE.remove(folder);
        }
    }
}
