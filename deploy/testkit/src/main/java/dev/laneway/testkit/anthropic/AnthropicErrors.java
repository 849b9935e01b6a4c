package dev.laneway.testkit.anthropic;

import dev.laneway.testkit.limits.Admission;
import dev.laneway.testkit.wire.VendorError;

/** What Anthropic says when it refuses. */
final class AnthropicErrors {
    private AnthropicErrors() {}

    static VendorError ofStatus(int status, String model) {
        return switch (status) {
            case 401 -> VendorError.plain(401, "authentication_error", "invalid x-api-key");
            case 402 -> VendorError.plain(402, "billing_error", "Your credit balance is too low to access the API.");
            case 403 ->
                VendorError.plain(
                        403,
                        "permission_error",
                        "Your API key does not have permission to use the specified resource.");
            case 404 -> VendorError.plain(404, "not_found_error", "model: " + model);
            case 408 -> VendorError.plain(408, "timeout_error", "Request timed out.");
            case 409 -> VendorError.plain(409, "conflict_error", "The request conflicts with another one.");
            case 413 -> VendorError.plain(413, "request_too_large", "Request exceeds the maximum size");
            case 429 ->
                VendorError.plain(
                        429,
                        "rate_limit_error",
                        "This request would exceed your organization's rate limit of 60 requests per minute.");
            case 504 -> VendorError.plain(504, "timeout_error", "Request timed out.");
            case 529 -> VendorError.plain(529, "overloaded_error", "Overloaded");
            default ->
                status < 500
                        ? VendorError.plain(status, "invalid_request_error", "The request was refused.")
                        : VendorError.plain(status, "api_error", "Internal server error");
        };
    }

    static VendorError overLimit(Admission.Denied denied) {
        String what = switch (denied.over()) {
            case REQUESTS -> "requests per minute";
            case TOKENS -> "tokens per minute";
            case PARALLEL -> "concurrent connections";
        };
        return VendorError.plain(
                429,
                "rate_limit_error",
                "This request would exceed the rate limit for your organization of " + denied.limit() + " " + what
                        + ". Please reduce the prompt length or the maximum tokens requested, or try again later.");
    }
}
