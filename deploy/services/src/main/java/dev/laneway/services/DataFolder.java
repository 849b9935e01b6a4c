package dev.laneway.services;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The folder all three servers keep their data in, held by a lock while open. */
final class DataFolder implements AutoCloseable {
    /** Less usable space than this refuses a start: PostgreSQL alone asks for 50 MB, and Kafka halts when a write fails. */
    static final long LEAST_FREE_BYTES = 512L << 20;

    private static final int SECRET_BYTES = 24;

    private final Path root;
    private final FolderLock lock;
    private final Ports ports;

    private DataFolder(Path root, FolderLock lock, Ports ports) {
        this.root = root;
        this.lock = lock;
        this.ports = ports;
    }

    /** Makes the folder where it is missing, sees that it can be used, and locks it. */
    static DataFolder open(Path folder, long leastFreeBytes) throws ServicesException {
        Path shown = folder.toAbsolutePath().normalize();
        try {
            Path root = make(shown).toRealPath();
            if (!Files.isWritable(root)) {
                throw new ServicesException("data folder " + root
                        + " is not writable: change its owner or mode, or choose" + " another with --data-dir");
            }
            FolderLock lock = FolderLock.take(root);
            try {
                long free = Files.getFileStore(root).getUsableSpace();
                if (free < leastFreeBytes) {
                    throw new ServicesException("data folder " + root + " has " + (free >> 20)
                            + " MiB of disk left and needs at least " + (leastFreeBytes >> 20)
                            + " MiB: free some, or choose another with --data-dir");
                }
                make(root.resolve("logs"));
                make(root.resolve("secrets"));
                return new DataFolder(root, lock, Ports.load(root.resolve("ports.properties")));
            } catch (IOException | ServicesException e) {
                lock.close();
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            throw new ServicesException("data folder " + shown + " cannot be used: " + e.getFile()
                    + " is a file and not a folder: move it away, or choose another with --data-dir");
        } catch (IOException e) {
            throw new ServicesException(
                    "data folder " + shown + " cannot be used: " + reason(e) + ": choose another with --data-dir", e);
        }
    }

    /** Makes a folder that only its owner can enter, where there is none. */
    static Path make(Path path) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        return Files.createDirectories(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** What a failed file operation says to a person. */
    static String reason(IOException e) {
        if (e instanceof FileSystemException file) {
            String why = file.getReason();
            String kind = e instanceof AccessDeniedException
                    ? "permission denied"
                    : e.getClass().getSimpleName();
            return file.getFile() + ": " + (why == null ? kind : why);
        }
        return String.valueOf(e.getMessage());
    }

    /** A folder that no other start will find. The caller deletes it. */
    static DataFolder temporary(long leastFreeBytes) throws ServicesException {
        try {
            return open(Files.createTempDirectory("laneway-"), leastFreeBytes);
        } catch (IOException e) {
            throw new ServicesException("cannot make a temporary folder: " + reason(e), e);
        }
    }

    /** What to tell the user of a failed start on this folder. */
    ServicesException refusal(Exception failure) {
        return switch (failure) {
            case ServicesException services -> services;
            case IOException io ->
                new ServicesException(
                        "data folder " + root + " cannot be used: " + reason(io) + ": choose another with --data-dir",
                        io);
            default -> new ServicesException("data folder " + root + " cannot be used: " + failure, failure);
        };
    }

    Path root() {
        return root;
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    KafkaDirs kafkaDirs() {
        return new KafkaDirs(kafka(), root.resolve("kafka-local"));
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path redis() {
        return root.resolve("redis");
    }

    Path log(String server) {
        return root.resolve("logs").resolve(server + ".log");
    }

    Ports ports() {
        return ports;
    }

    /** The password this folder keeps for a server, made at first use; readable by the owner alone. */
    String secret(String server) throws IOException {
        Path file = secretFile(server);
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret + "\n");
        return secret;
    }

    Path secretFile(String server) {
        return root.resolve("secrets").resolve(server + ".password");
    }

    /** What every complaint about damage looks like. */
    ServicesException damaged(String what, String fix) {
        return new ServicesException(
                "data folder " + root + " is damaged: " + what + ": " + fix + " (nothing was changed)");
    }

    @Override
    public void close() {
        lock.close();
    }
}
