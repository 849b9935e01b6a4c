package dev.laneway.testkit.anthropic;

import dev.laneway.testkit.answers.Mix;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs thinking blocks and recognises its own signatures. A signature fits one text only; two simulators with the
 * same seed recognise each other's.
 */
final class ThinkingSignature {
    private final SecretKeySpec key;

    ThinkingSignature(long seed) {
        this.key = new SecretKeySpec(
                ("thinking " + Mix.letters(Mix.of(seed), 32)).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** The signature of a block whose text is this, in the form in which it is returned. */
    String sign(String thinking) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] first = mac.doFinal(thinking.getBytes(StandardCharsets.UTF_8));
            byte[] second = mac.doFinal(first);
            byte[] both = new byte[first.length + second.length];
            System.arraycopy(first, 0, both, 0, first.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    boolean fits(String thinking, String signature) {
        return MessageDigest.isEqual(
                sign(thinking).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
    }
}
