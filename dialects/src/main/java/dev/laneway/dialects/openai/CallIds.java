package dev.laneway.dialects.openai;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** Ids of calls for a vendor that takes nine letters and digits and nothing else (Mistral). */
final class CallIds {
    private static final Pattern NINE = Pattern.compile("[a-zA-Z0-9]{9}");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private CallIds() {}

    /** The id where it fits, else nine characters of its digest: the same for a call and its result, and in every turn. */
    static String nine(String id) {
        if (NINE.matcher(id).matches()) {
            return id;
        }
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            var nine = new StringBuilder(9);
            for (var i = 0; i < 9; i++) {
                nine.append(DIGITS.charAt((hash[i] & 0xFF) % DIGITS.length()));
            }
            return nine.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
