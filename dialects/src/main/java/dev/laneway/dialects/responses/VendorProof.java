package dev.laneway.dialects.responses;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.neutral.SignatureMark;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor of this dialect wants back of its reasoning: the item's id and its {@code encrypted_content}, which it holds against
 * each other. As a neutral signature: {@code openai-responses;ID;CONTENT}.
 */
record VendorProof(String itemId, String encrypted) {

    String signature() {
        return SignatureMark.put(Dialect.OPENAI_RESPONSES, itemId + ";" + encrypted);
    }

    static @Nullable VendorProof of(@Nullable String signature) {
        var proof = signature == null ? null : SignatureMark.take(Dialect.OPENAI_RESPONSES, signature);
        if (proof == null) {
            return null;
        }
        var end = proof.indexOf(';');
        return end < 0 ? null : new VendorProof(proof.substring(0, end), proof.substring(end + 1));
    }
}
