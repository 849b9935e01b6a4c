package dev.laneway.services;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * Programs unpacked from the class path, once per user and version. They lie under {@code $XDG_CACHE_HOME/laneway}, else
 * {@code ~/.cache/laneway}, in folders only their owner may enter: whoever could write there would run code as us.
 */
final class BinaryCache {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;

    BinaryCache(Path folder) {
        this.folder = folder;
    }

    /** In the user's cache, or in the given folder where there is none that is the user's alone to write. */
    static BinaryCache ofUserElse(Path otherwise) {
        String chosen = System.getenv("XDG_CACHE_HOME");
        Path home = Path.of(System.getProperty("user.home", "")).resolve(".cache");
        Path cache = (chosen == null || chosen.isBlank() ? home : Path.of(chosen)).resolve("laneway");
        return new BinaryCache(isSafe(cache) ? cache : otherwise);
    }

    static boolean isSafe(Path cache) {
        if (!cache.isAbsolute()) {
            return false;
        }
        try {
            Files.createDirectories(cache, OWNER_ONLY);
            var user = cache.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name"));
            return Files.isWritable(cache)
                    && Files.getOwner(cache).equals(user)
                    && Collections.disjoint(Files.getPosixFilePermissions(cache), WRITABLE_BY_OTHERS);
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes the content of a resource below a folder. */
    @FunctionalInterface
    interface Unpacker {
        void unpack(InputStream resource, Path into) throws IOException;
    }

    /**
     * The folder that holds what the unpacker makes of the resource. It appears complete or not at all, whoever else is
     * unpacking at the same time.
     */
    Path unpacked(String name, String resource, Unpacker unpacker) throws IOException {
        URL url = BinaryCache.class.getResource("/" + resource);
        if (url == null) {
            throw new IOException("no " + name + " for this system (" + resource + ") among Laneway's libraries");
        }
        Files.createDirectories(folder, OWNER_ONLY);
        Path ready = folder.resolve(name + "-" + fingerprint(url));
        if (!Files.isDirectory(ready)) {
            Path fresh = Files.createTempDirectory(folder, name + "-", OWNER_ONLY);
            try (InputStream in = url.openStream()) {
                unpacker.unpack(in, fresh);
                Files.move(fresh, ready, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Trees.delete(fresh);
                if (!Files.isDirectory(ready)) {
                    throw e;
                }
            }
        }
        return ready;
    }

    private static String fingerprint(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            CRC32 sum = new CRC32();
            long crc = connection instanceof JarURLConnection jar
                    ? jar.getJarEntry().getCrc()
                    : -1;
            if (crc < 0) {
                new CheckedInputStream(in, sum).transferTo(OutputStream.nullOutputStream());
                crc = sum.getValue();
            }
            return HexFormat.of().toHexDigits((int) crc);
        }
    }
}
