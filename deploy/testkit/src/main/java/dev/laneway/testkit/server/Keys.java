package dev.laneway.testkit.server;

import dev.laneway.testkit.bedrock.SignatureCheck;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Callers' keys. Any key is good unless it begins with {@code bad}. Paths under {@code /local/} and {@code /ollama/},
 * and those of Ollama's native API, stand for servers of one's own, which ask for none. For one event loop.
 */
final class Keys {
    private static final int MOST_REMEMBERED = 10_000;

    private final MessageDigest sha256;
    private final Map<String, String> fingerprints = new HashMap<>();

    Keys(MessageDigest sha256) {
        this.sha256 = sha256;
    }

    /** The key in whichever header it came, of a signature its access key id, or in the query ({@code key}, Google's), or an empty text. {@code x-api-key} goes first. */
    static String of(HttpServerRequest request) {
        String key = of(request.headers());
        String query = key.isEmpty() ? request.getParam("key") : null;
        return query == null ? key : query;
    }

    private static String of(MultiMap headers) {
        String google = headers.get("x-goog-api-key");
        if (google != null) {
            return google;
        }
        String own = headers.get("x-api-key");
        if (own != null) {
            return own;
        }
        String authorization = headers.get(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return authorization.startsWith("Bearer ")
                    ? authorization.substring(7).strip()
                    : SignatureCheck.accessKeyId(authorization);
        }
        String azure = headers.get("api-key");
        return azure == null ? "" : azure;
    }

    static boolean needed(String path) {
        return !path.startsWith("/local/") && !path.startsWith("/ollama/") && !path.contains("/api/");
    }

    static boolean wrong(String key) {
        return key.startsWith("bad");
    }

    /** Twelve hex digits that tell keys apart and don't tell them. */
    String fingerprint(String key) {
        if (key.isEmpty()) {
            return "";
        }
        if (fingerprints.size() > MOST_REMEMBERED) {
            fingerprints.clear();
        }
        return fingerprints.computeIfAbsent(
                key, text -> HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 6));
    }
}
