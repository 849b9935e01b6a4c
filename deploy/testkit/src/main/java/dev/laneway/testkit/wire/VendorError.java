package dev.laneway.testkit.wire;

import org.jspecify.annotations.Nullable;

/**
 * An error in a vendor's words.
 *
 * @param status HTTP status
 * @param type the error's type
 * @param code OpenAI's finer code; Anthropic has none
 * @param param what OpenAI blames; Anthropic has none
 * @param message for people
 */
public record VendorError(
        int status,
        String type,
        @Nullable String code,
        @Nullable String param,
        String message) {
    /** An error with neither code nor param. */
    public static VendorError plain(int status, String type, String message) {
        return new VendorError(status, type, null, null, message);
    }
}
