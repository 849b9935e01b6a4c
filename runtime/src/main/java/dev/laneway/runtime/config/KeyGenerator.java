package dev.laneway.runtime.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes keys: {@code sk-lw-} and 32 characters of base 62, 190 bits. */
public final class KeyGenerator {
    static final String PREFIX = "sk-lw-";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 32;

    private final RandomGenerator random;

    KeyGenerator(RandomGenerator random) {
        this.random = random;
    }

    public static KeyGenerator secure() {
        return new KeyGenerator(new SecureRandom());
    }

    public SecretText next() {
        StringBuilder key = new StringBuilder(PREFIX);
        for (int i = 0; i < LENGTH; i++) {
            key.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new SecretText(key.toString());
    }

    /** SHA-256 of a key, lower-case hex: how keys are kept and compared. A key has enough entropy to need no salt. */
    public static String hash(SecretText key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(key.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
