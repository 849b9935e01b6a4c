package dev.laneway.testkit.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.answers.Mix;
import dev.laneway.testkit.limits.Admission;
import dev.laneway.testkit.limits.Standing;
import dev.laneway.testkit.models.ModelName;
import dev.laneway.testkit.wire.Json;
import dev.laneway.testkit.wire.Reading;
import dev.laneway.testkit.wire.RequestHead;
import dev.laneway.testkit.wire.Vendor;
import dev.laneway.testkit.wire.VendorError;
import dev.laneway.testkit.wire.VendorWire;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.math.BigDecimal;

/** OpenAI's wire format. */
public final class OpenAiWire implements VendorWire {
    private static final CharSequence[] RATE = {
        HttpHeaders.createOptimized("x-ratelimit-limit-requests"),
        HttpHeaders.createOptimized("x-ratelimit-remaining-requests"),
        HttpHeaders.createOptimized("x-ratelimit-reset-requests"),
        HttpHeaders.createOptimized("x-ratelimit-limit-tokens"),
        HttpHeaders.createOptimized("x-ratelimit-remaining-tokens"),
        HttpHeaders.createOptimized("x-ratelimit-reset-tokens")
    };
    private static final CharSequence[] AMPLE = values(Standing.AMPLE);

    @Override
    public Vendor vendor() {
        return Vendor.OPENAI;
    }

    @Override
    public Reading read(JsonNode body, ModelName model, RequestHead head) {
        boolean legacy = head.path().endsWith("/completions") && !head.path().endsWith("/chat/completions");
        return legacy ? new TextReader(body, model, head).read() : new ChatReader(body, model, head).read();
    }

    @Override
    public String body(VendorError error, String requestId) {
        StringBuilder out = new StringBuilder("{\"error\":{\"message\":");
        Json.string(out, error.message()).append(",\"type\":").append(Json.quote(error.type()));
        out.append(",\"param\":").append(Json.quote(error.param()));
        return out.append(",\"code\":")
                .append(Json.quote(error.code()))
                .append("}}")
                .toString();
    }

    @Override
    public String event(VendorError error, String requestId) {
        return "data: " + body(error, requestId) + "\n\n";
    }

    @Override
    public VendorError ofStatus(int status, String model) {
        return OpenAiErrors.ofStatus(status, model);
    }

    @Override
    public VendorError notJson() {
        return VendorError.plain(
                400,
                "invalid_request_error",
                "We could not parse the JSON body of your request. The OpenAI API expects a JSON payload, but what was"
                        + " sent was not valid JSON.");
    }

    @Override
    public VendorError tooLarge(long limit) {
        return VendorError.plain(413, "invalid_request_error", "Maximum content size limit (" + limit + ") exceeded.");
    }

    @Override
    public VendorError noKey() {
        return VendorError.plain(
                401,
                "invalid_request_error",
                "You didn't provide an API key. You need to provide your API key in an Authorization header using"
                        + " Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");
    }

    @Override
    public VendorError wrongKey() {
        return OpenAiErrors.wrongKey();
    }

    @Override
    public VendorError unknownPath(String method, String path) {
        return VendorError.plain(404, "invalid_request_error", "Invalid URL (" + method + " " + path + ")");
    }

    @Override
    public VendorError unreadableModel(String model, String reason) {
        return model.isEmpty()
                ? VendorError.plain(400, "invalid_request_error", "you must provide a model parameter")
                : new VendorError(
                        404,
                        "invalid_request_error",
                        "model_not_found",
                        null,
                        "The model `" + model + "` does not exist: " + reason);
    }

    @Override
    public VendorError contextWindow(int asked, int window) {
        return OpenAiErrors.invalid(
                "context_length_exceeded",
                "messages",
                "This model's maximum context length is " + window + " tokens. However, your messages resulted in "
                        + asked + " tokens. Please reduce the length of the messages.");
    }

    @Override
    public VendorError contentPolicy() {
        return OpenAiErrors.invalid(
                "content_policy_violation",
                null,
                "Your request was rejected as a result of our safety system. Your prompt may contain text that is not"
                        + " allowed by our safety system.");
    }

    @Override
    public VendorError overLimit(Admission.Denied denied, String model) {
        return OpenAiErrors.overLimit(denied, model);
    }

    @Override
    public String requestIdHeader() {
        return "x-request-id";
    }

    @Override
    public String requestId(long bits) {
        return "req_" + Long.toHexString(bits) + Long.toHexString(Mix.of(bits));
    }

    @Override
    public void rateHeaders(MultiMap headers, Standing standing, long nowMillis) {
        CharSequence[] values = standing.equals(Standing.AMPLE) ? AMPLE : values(standing);
        for (int i = 0; i < RATE.length; i++) {
            headers.set(RATE[i], values[i]);
        }
    }

    private static CharSequence[] values(Standing standing) {
        return new CharSequence[] {
            HttpHeaders.createOptimized(Long.toString(standing.requestLimit())),
            HttpHeaders.createOptimized(Long.toString(standing.requestsLeft())),
            HttpHeaders.createOptimized(duration(standing.requestResetMillis())),
            HttpHeaders.createOptimized(Long.toString(standing.tokenLimit())),
            HttpHeaders.createOptimized(Long.toString(standing.tokensLeft())),
            HttpHeaders.createOptimized(duration(standing.tokenResetMillis()))
        };
    }

    /** A duration as OpenAI writes it: {@code 6ms}, {@code 1.5s}, {@code 6m0s}. */
    static String duration(long millis) {
        if (millis < 1000) {
            return millis + "ms";
        }
        String seconds =
                BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString() + "s";
        return millis < 60_000 ? seconds : millis / 60_000 + "m" + seconds;
    }
}
