package dev.laneway.runtime.config;

import dev.laneway.contracts.Terms;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A client's key that the file has ({@code api_keys}), by its digest: the key itself is nowhere.
 *
 * @param owner who pays for what it asks: its name, else {@code key-} and the first digits of its digest
 * @param sha256 lower-case hex
 * @param terms on which it may call
 */
public record FileKey(String owner, String sha256, Terms terms) {
    public FileKey {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(terms, "terms");
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("no digest of key " + owner);
        }
    }

    /** The digest of a key. */
    public static String digest(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
