package dev.laneway.testkit.gemini;

import dev.laneway.testkit.answers.Mix;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Signs calls of functions and recognises its own signatures. One fits the calls of one function only; two simulators with the same
 * seed recognise each other's.
 */
final class CallSignature {
    /** What Google documents for calls that its models did not make. */
    private static final String UNSIGNED = "skip_thought_signature_validator";

    private final long seed;

    CallSignature(long seed) {
        this.seed = seed;
    }

    String sign(String function) {
        String letters = Mix.letters(Mix.of(seed, Mix.of("call " + function)), 45);
        return Base64.getEncoder().encodeToString(letters.getBytes(StandardCharsets.US_ASCII));
    }

    boolean fits(String function, String signature) {
        return signature.equals(UNSIGNED) || signature.equals(sign(function));
    }
}
