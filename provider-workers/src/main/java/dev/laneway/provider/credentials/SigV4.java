package dev.laneway.provider.credentials;

import dev.laneway.dialects.UpstreamCall;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a call as AWS wants it: "Signature Version 4 for API requests" in the IAM user guide. Every header that the call has is signed,
 * {@code host} and {@code x-amz-date} among them; whoever sends it must not change one, but may add others. The path is encoded
 * once more than it travels, as for every service but S3. Pure.
 *
 * @param service such as {@code bedrock}
 */
public record SigV4(String service) {
    static final SigV4 BEDROCK = new SigV4("bedrock");

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The call with its signature; {@code now} is epoch milliseconds. */
    public UpstreamCall sign(UpstreamCall call, Credential.Aws by, long now) {
        URI url = URI.create(call.url());
        String stamp = STAMP.format(Instant.ofEpochMilli(now));
        Map<String, String> headers = new HashMap<>(call.headers());
        headers.remove("authorization");
        headers.put("x-amz-date", stamp);
        if (by.sessionToken() != null) {
            headers.put("x-amz-security-token", by.sessionToken().reveal());
        }
        TreeMap<String, String> signed = new TreeMap<>(headers);
        signed.put("host", host(url));
        String names = String.join(";", signed.keySet());
        String canonical = String.join(
                "\n",
                call.method(),
                path(url),
                query(url),
                signed.entrySet().stream()
                        .map(header -> header.getKey()
                                + ':'
                                + header.getValue().strip().replaceAll(" +", " ")
                                + '\n')
                        .collect(Collectors.joining()),
                names,
                hex(sha256(call.body())));
        String day = stamp.substring(0, 8);
        String scope = day + '/' + by.region() + '/' + service + "/aws4_request";
        String toSign = String.join("\n", ALGORITHM, stamp, scope, hex(sha256(utf8(canonical))));
        byte[] key = utf8("AWS4" + by.secretAccessKey().reveal());
        for (String part : new String[] {day, by.region(), service, "aws4_request"}) {
            key = hmac(key, part);
        }
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + by.accessKeyId().reveal() + '/' + scope + ", SignedHeaders=" + names
                        + ", Signature=" + hex(hmac(key, toSign)));
        return new UpstreamCall(call.url(), headers, call.body(), call.notes());
    }

    /** As it travels: a port is named unless it is the scheme's own. */
    private static String host(URI url) {
        int usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        return url.getPort() < 0 || url.getPort() == usual ? url.getHost() : url.getHost() + ':' + url.getPort();
    }

    private static String path(URI url) {
        String path = url.getRawPath();
        return path == null || path.isEmpty() ? "/" : encoded(path, true);
    }

    private static String query(URI url) {
        String query = url.getRawQuery();
        if (query == null || query.isEmpty()) {
            return "";
        }
        return Arrays.stream(query.split("&", -1))
                .map(pair -> {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    return reencoded(name) + '=' + (equals < 0 ? "" : reencoded(pair.substring(equals + 1)));
                })
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static String reencoded(String part) {
        return encoded(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8), false);
    }

    /** Everything but letters, digits and {@code -._~}, in capitals. */
    private static String encoded(String text, boolean slashes) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : utf8(text)) {
            char c = (char) (b & 0xff);
            boolean plain = UNRESERVED.indexOf(c) >= 0 || (slashes && c == '/');
            if (plain) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (InvalidKeyException empty) {
            throw new IllegalArgumentException("a key can't be empty", empty);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
