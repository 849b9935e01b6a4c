package dev.laneway.ingress;

import dev.laneway.runtime.config.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate and key, PEM files that {@code SSL_CERT_FILE} and {@code SSL_KEY_FILE} name. Both must be set: many
 * machines set the first alone, for a bundle of authorities.
 */
record Tls(Path key, Path certificate) {
    /**
     * What the environment says; null for clear text.
     *
     * @throws IllegalArgumentException where one of the files can't be read: an operator who asked for TLS must not get clear text
     */
    static @Nullable Tls of(Environment environment) {
        String key = environment.get("SSL_KEY_FILE");
        String certificate = environment.get("SSL_CERT_FILE");
        return key == null || certificate == null
                ? null
                : new Tls(readable("SSL_KEY_FILE", key), readable("SSL_CERT_FILE", certificate));
    }

    private static Path readable(String variable, String file) {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException(variable + ": " + file + " can't be read");
        }
        return path;
    }
}
