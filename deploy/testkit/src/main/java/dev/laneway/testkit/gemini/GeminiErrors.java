package dev.laneway.testkit.gemini;

import dev.laneway.testkit.wire.VendorError;

/** What Google says when it refuses. */
final class GeminiErrors {
    /** A prompt that a filter blocked: an answer with status 200, without candidates. */
    static final String BLOCKED = "PROHIBITED_CONTENT";

    private GeminiErrors() {}

    static VendorError ofStatus(int status, String model) {
        return switch (status) {
            case 401 ->
                VendorError.plain(
                        401,
                        "UNAUTHENTICATED",
                        "Request had invalid authentication credentials. Expected OAuth 2 access"
                                + " token, login cookie or other valid authentication credential.");
            case 403 -> VendorError.plain(403, "PERMISSION_DENIED", "The caller does not have permission");
            case 404 ->
                VendorError.plain(
                        404,
                        "NOT_FOUND",
                        "models/" + model + " is not found for API version v1beta, or is not supported for"
                                + " generateContent. Call ListModels to see the list of available models.");
            case 429 ->
                VendorError.plain(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "You exceeded your current quota, please check your plan and billing details.");
            case 500 -> VendorError.plain(500, "INTERNAL", "An internal error has occurred. Please retry.");
            case 503, 529 ->
                VendorError.plain(status, "UNAVAILABLE", "The model is overloaded. Please try again later.");
            case 408, 504 ->
                VendorError.plain(status, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete.");
            default ->
                status < 500
                        ? VendorError.plain(status, "INVALID_ARGUMENT", "Request contains an invalid argument.")
                        : VendorError.plain(status, "INTERNAL", "An internal error has occurred.");
        };
    }

    static VendorError invalid(String message) {
        return VendorError.plain(400, "INVALID_ARGUMENT", message);
    }
}
