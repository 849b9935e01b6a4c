package dev.laneway.ingress.call;

import dev.laneway.contracts.Dialect;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call names itself by, as its client wrote it.
 *
 * @param key of {@code Idempotency-Key}; null where there is none
 * @param label of {@code X-Client-Request-Id}; null where there is none, or one that can't be a name
 */
public record ClientNaming(@Nullable String key, @Nullable String label) {
    private static final CharSequence KEY_HEADER = HttpHeaders.createOptimized("idempotency-key");
    private static final CharSequence LABEL_HEADER = HttpHeaders.createOptimized("x-client-request-id");
    static final int LONGEST_KEY = 255;
    /** As OpenAI has it. */
    static final int LONGEST_LABEL = 512;

    private static final int DIGEST_BYTES = 16;

    /** Reads the headers; null where the key is one that can't be accepted. A label that can't be a name is as none: it only labels. */
    static @Nullable ClientNaming of(MultiMap headers) {
        String label = headers.get(LABEL_HEADER);
        String named = label != null && fit(label, LONGEST_LABEL) ? label : null;
        if (!headers.contains(KEY_HEADER)) {
            return new ClientNaming(null, named);
        }
        List<String> keys = headers.getAll(KEY_HEADER);
        String key = keys.size() == 1 ? unquoted(keys.getFirst()) : "";
        return fit(key, LONGEST_KEY) ? new ClientNaming(key, named) : null;
    }

    /** The header is a string of structured fields, so quoted; most clients send it bare, and mean the same. */
    private static String unquoted(String value) {
        String text = value.strip();
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static boolean fit(String text, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** The digest that stands for an owner's key. */
    public static String keyDigest(String owner, String key) {
        return digest("key\n" + owner + "\n" + key, new byte[0]);
    }

    /** The digest that stands for an owner's label. */
    public static String labelDigest(String owner, String label) {
        return digest("label\n" + owner + "\n" + label, new byte[0]);
    }

    /** The digest of what was asked: two APIs may mean different things by the same bytes. Takes a millisecond for half a megabyte. */
    static String bodyDigest(Dialect dialect, String address, byte[] body) {
        return digest(dialect.id() + "\n" + address, body);
    }

    private static String digest(String text, byte[] bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(sha256.digest(bytes), DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
