package dev.laneway.dialects.failures;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;

/** The kind of a failure from what a vendor said: its status, its codes, its words. */
public final class FailureTyper {
    private FailureTyper() {}

    /**
     * @param status the vendor's HTTP status; 0 where it came inside an answer with status 200 and names none
     * @param type the vendor's word for the kind of error, or empty
     * @param code the vendor's finer word, or empty
     * @param message the vendor's words, or empty
     */
    public static Failure failure(int status, String type, String code, String message, long retryAfterMillis) {
        var kind = kind(status, type, code, message);
        return new Failure(kind, words(kind, status, message), status, retryAfterMillis);
    }

    private static FailureKind kind(int status, String type, String code, String message) {
        if (status < 500) {
            var all = type + ' ' + code + ' ' + message;
            if (status == 402 || type.equals("billing_error") || VendorWords.tellOfMoney(all)) {
                return FailureKind.UNAUTHORIZED;
            }
            if (status == 400 || status == 422 || status == 403 || status == 0) {
                if (code.contains("context_length")
                        || type.contains("exceed_context_size")
                        || VendorWords.tellOfLength(all)) {
                    return FailureKind.CONTEXT_WINDOW;
                }
                if (VendorWords.tellOfPolicy(all)) {
                    return FailureKind.CONTENT_POLICY;
                }
            }
        }
        if (status != 0) {
            return byStatus(status);
        }
        var kind = byWord(code);
        return kind == FailureKind.SERVER_ERROR ? byWord(type) : kind;
    }

    private static FailureKind byStatus(int status) {
        return switch (status) {
            case 401, 403, 407 -> FailureKind.UNAUTHORIZED;
            case 408, 504, 524 -> FailureKind.TIMEOUT;
            case 413 -> FailureKind.CONTEXT_WINDOW;
            case 429 -> FailureKind.RATE_LIMITED;
            case 409 -> FailureKind.SERVER_ERROR;
            case 498, 503, 529 -> FailureKind.OVERLOADED;
            default -> {
                if (status >= 500) {
                    yield FailureKind.SERVER_ERROR;
                }
                yield status >= 400 ? FailureKind.REJECTED : FailureKind.MALFORMED;
            }
        };
    }

    /** OpenAI's and Anthropic's words; what nobody knows is the vendor's fault, since it had accepted the call. */
    private static FailureKind byWord(String word) {
        return switch (word) {
            case "rate_limit_error", "rate_limit_exceeded", "tokens", "requests", "too_many_requests" ->
                FailureKind.RATE_LIMITED;
            case "overloaded_error",
                    "overloaded",
                    "service_unavailable",
                    "engine_overloaded_error",
                    "server_busy",
                    "server_is_overloaded",
                    "slow_down" -> FailureKind.OVERLOADED;
            case "authentication_error", "permission_error", "invalid_api_key" -> FailureKind.UNAUTHORIZED;
            case "invalid_request_error", "invalid_prompt", "not_found_error", "model_not_found" ->
                FailureKind.REJECTED;
            case "request_too_large" -> FailureKind.CONTEXT_WINDOW;
            case "timeout_error", "timeout", "request_timeout" -> FailureKind.TIMEOUT;
            default -> FailureKind.SERVER_ERROR;
        };
    }

    private static String words(FailureKind kind, int status, String message) {
        if (kind == FailureKind.UNAUTHORIZED) {
            return "The vendor refused the gateway's account.";
        }
        var clean = VendorWords.scrubbed(message);
        if (!clean.isEmpty()) {
            return clean;
        }
        return status == 0 ? "The vendor reported an error." : "The vendor answered with status " + status + ".";
    }
}
