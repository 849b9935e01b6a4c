package dev.laneway.testkit.bedrock;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks signatures as AWS does (Signature Version 4). Any access key id is good; its secret is {@code secret-of-} and the id. For one
 * thread at a time.
 */
public final class SignatureCheck {
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=(?<id>[^/]+)/(?<day>\\d{8})/(?<region>[^/]+)/(?<service>[^/]+)/aws4_request,"
                    + " ?SignedHeaders=(?<names>[a-z0-9;-]+), ?Signature=(?<signature>[0-9a-f]{64})");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long MOST_SKEW_SECONDS = 300;

    private SignatureCheck() {}

    /** The access key id that an {@code Authorization} names; empty where it names none. */
    public static String accessKeyId(String authorization) {
        Matcher read = AUTHORIZATION.matcher(authorization);
        return read.matches() ? read.group("id") : "";
    }

    /** Whether a request is signed by the secret of the key that it names, for Bedrock, now, and whole. */
    public static boolean holds(HttpServerRequest request, byte[] body, Instant now) {
        Matcher read = AUTHORIZATION.matcher(String.valueOf(request.getHeader("authorization")));
        String stamp = String.valueOf(request.getHeader("x-amz-date"));
        if (!read.matches() || !read.group("service").equals("bedrock") || !stamp.startsWith(read.group("day"))) {
            return false;
        }
        try {
            long skew = Instant.from(STAMP.parse(stamp)).getEpochSecond() - now.getEpochSecond();
            String names = ";" + read.group("names") + ";";
            if (Math.abs(skew) > MOST_SKEW_SECONDS || !names.contains(";host;") || !names.contains(";x-amz-date;")) {
                return false;
            }
            StringBuilder headers = new StringBuilder();
            for (String name : read.group("names").split(";")) {
                headers.append(name)
                        .append(':')
                        .append(String.valueOf(request.getHeader(name)).trim())
                        .append('\n');
            }
            String canonical = request.method().name() + "\n" + twice(request.path()) + "\n"
                    + (request.query() == null ? "" : request.query()) + "\n" + headers + "\n" + read.group("names")
                    + "\n" + sha256(body);
            String scope = read.group("day") + "/" + read.group("region") + "/bedrock/aws4_request";
            String toSign = "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n"
                    + sha256(canonical.getBytes(StandardCharsets.UTF_8));
            byte[] key = ("AWS4secret-of-" + read.group("id")).getBytes(StandardCharsets.UTF_8);
            for (String part : scope.split("/")) {
                key = hmac(key, part);
            }
            return MessageDigest.isEqual(hmac(key, toSign), HexFormat.of().parseHex(read.group("signature")));
        } catch (DateTimeParseException notATime) {
            return false;
        }
    }

    /** The path as it came is encoded once; it is signed encoded twice. */
    private static String twice(String path) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (Character.isLetterOrDigit(c) || "/-._~".indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
            }
        }
        return out.toString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", impossible);
        }
    }
}
