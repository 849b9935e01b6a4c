package dev.laneway.testkit.openai;

import dev.laneway.testkit.limits.Admission;
import dev.laneway.testkit.wire.VendorError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What OpenAI says when it refuses. */
final class OpenAiErrors {
    private static final String INVALID = "invalid_request_error";

    private OpenAiErrors() {}

    static VendorError invalid(@Nullable String code, @Nullable String param, String message) {
        return new VendorError(400, INVALID, code, param, message);
    }

    static VendorError missing(String param) {
        return invalid("missing_required_parameter", param, "Missing required parameter: '" + param + "'.");
    }

    static VendorError wrongType(String param, String expected, String got) {
        return invalid(
                "invalid_type",
                param,
                "Invalid type for '" + param + "': expected " + expected + ", but got " + got + " instead.");
    }

    static VendorError badValue(String param, String got, String supported) {
        return invalid(
                "invalid_value", param, "Invalid value: '" + got + "'. Supported values are: " + supported + ".");
    }

    static VendorError emptyArray(String param) {
        return invalid(
                "empty_array",
                param,
                "Invalid '" + param
                        + "': empty array. Expected an array with minimum length 1, but got an empty array instead.");
    }

    static VendorError outOfRange(String param, String kind, boolean above, String bound, String got) {
        String side = above ? "above maximum" : "below minimum";
        return invalid(
                kind + (above ? "_above_max_value" : "_below_min_value"),
                param,
                "Invalid '" + param + "': " + kind + " " + side + " value. Expected a value " + (above ? "<= " : ">= ")
                        + bound + ", but got " + got + " instead.");
    }

    static VendorError ofStatus(int status, String model) {
        return switch (status) {
            case 400 -> new VendorError(400, INVALID, null, null, "The request could not be processed.");
            case 401 -> wrongKey();
            case 402 -> new VendorError(402, "insufficient_quota", "insufficient_quota", null, "Payment is required.");
            case 403 ->
                new VendorError(
                        403,
                        INVALID,
                        "unsupported_country_region_territory",
                        null,
                        "Country, region, or territory not supported");
            case 404 ->
                new VendorError(
                        404,
                        INVALID,
                        "model_not_found",
                        null,
                        "The model `" + model + "` does not exist or you do not have access to it.");
            case 408 -> VendorError.plain(408, "timeout", "The request timed out.");
            case 409 -> VendorError.plain(409, "conflict_error", "The request conflicts with another one.");
            case 413 -> VendorError.plain(413, INVALID, "The request is too large.");
            case 429 ->
                new VendorError(
                        429,
                        "requests",
                        "rate_limit_exceeded",
                        null,
                        "Rate limit reached for " + model
                                + " in organization org-sim on requests per min (RPM): Limit 60, Used 60, Requested 1."
                                + " Please try again in 1s.");
            case 503 ->
                VendorError.plain(
                        503, "service_unavailable", "The engine is currently overloaded, please try again later");
            default ->
                status < 500
                        ? new VendorError(status, INVALID, null, null, "The request was refused.")
                        : VendorError.plain(
                                status,
                                "server_error",
                                "The server had an error while processing your request. Sorry about that!");
        };
    }

    static VendorError wrongKey() {
        return new VendorError(
                401,
                INVALID,
                "invalid_api_key",
                null,
                "Incorrect API key provided. You can find your API key at"
                        + " https://platform.openai.com/account/api-keys.");
    }

    static VendorError overLimit(Admission.Denied denied, String model) {
        return switch (denied.over()) {
            case PARALLEL ->
                new VendorError(
                        429,
                        "requests",
                        "rate_limit_exceeded",
                        null,
                        "Too many concurrent requests for " + model + ": Limit " + denied.limit() + ".");
            case REQUESTS -> overLimit(denied, model, "requests", "requests per min (RPM)");
            case TOKENS ->
                denied.requested() > denied.limit()
                        ? new VendorError(
                                429,
                                "tokens",
                                "rate_limit_exceeded",
                                null,
                                "Request too large for " + model
                                        + " in organization org-sim on tokens per min (TPM): Limit " + denied.limit()
                                        + ", Requested " + denied.requested()
                                        + ". The input or output tokens must be reduced in order to run"
                                        + " successfully.")
                        : overLimit(denied, model, "tokens", "tokens per min (TPM)");
        };
    }

    private static VendorError overLimit(Admission.Denied denied, String model, String type, String what) {
        return new VendorError(
                429,
                type,
                "rate_limit_exceeded",
                null,
                String.format(
                        Locale.ROOT,
                        "Rate limit reached for %s in organization org-sim on %s: Limit %d, Used %d, Requested %d."
                                + " Please try again in %dms.",
                        model,
                        what,
                        denied.limit(),
                        denied.used(),
                        denied.requested(),
                        denied.retryAfterMillis()));
    }
}
