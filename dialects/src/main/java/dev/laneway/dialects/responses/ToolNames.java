package dev.laneway.dialects.responses;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A tool within a namespace as a function of its own: {@code NAMESPACE__NAME}, in at most 64 characters. A longer one is cut, and ends
 * with eight digits of its digest. The same for a tool, its calls of earlier turns and a choice of it.
 */
final class ToolNames {
    private static final int LONGEST = 64;
    private static final int DIGEST = 8;
    private static final String BETWEEN = "__";

    private ToolNames() {}

    static String flat(@Nullable String namespace, String name) {
        if (namespace == null || namespace.isEmpty()) {
            return name;
        }
        var whole = (namespace.endsWith(BETWEEN) ? namespace : namespace + BETWEEN) + name;
        return whole.length() <= LONGEST
                ? whole
                : whole.substring(0, LONGEST - DIGEST - 1) + "_" + digest(whole).substring(0, DIGEST);
    }

    private static String digest(String name) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
