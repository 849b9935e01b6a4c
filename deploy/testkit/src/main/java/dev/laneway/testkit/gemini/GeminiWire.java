package dev.laneway.testkit.gemini;

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

/** Google's wire format. */
public final class GeminiWire implements VendorWire {
    private static final String DETAIL = "{\"@type\":\"type.googleapis.com/google.rpc.";

    private final CallSignature signatures;

    /** The seed decides what calls are signed with. */
    public GeminiWire(long seed) {
        this.signatures = new CallSignature(seed);
    }

    @Override
    public Vendor vendor() {
        return Vendor.GEMINI;
    }

    @Override
    public Reading read(JsonNode body, ModelName model, RequestHead head) {
        return new GenerateReader(body, model, head, signatures).read();
    }

    @Override
    public String body(VendorError error, String requestId) {
        if (error.type().equals(GeminiErrors.BLOCKED)) {
            return "{\"promptFeedback\":{\"blockReason\":\"" + error.type()
                    + "\"},\"usageMetadata\":{\"promptTokenCount\":1,\"totalTokenCount\":1}}";
        }
        StringBuilder out = new StringBuilder("{\"error\":{\"code\":").append(error.status());
        Json.string(out.append(",\"message\":"), error.message());
        Json.string(out.append(",\"status\":"), error.type());
        if (error.code() != null) {
            Json.string(out.append(",\"details\":[").append(DETAIL).append("ErrorInfo\",\"reason\":"), error.code())
                    .append(",\"domain\":\"googleapis.com\"}]");
        } else if (error.status() == 429) {
            out.append(",\"details\":[").append(DETAIL).append("RetryInfo\",\"retryDelay\":\"1s\"}]");
        }
        return out.append("}}").toString();
    }

    /** Not as an event: Google writes the error into the stream as JSON over several lines, and that is its end. */
    @Override
    public String event(VendorError error, String requestId) {
        String body = body(error, requestId);
        return error.type().equals(GeminiErrors.BLOCKED)
                ? "data: " + body + "\n\n"
                : body.replace("{\"error\":{", "{\n  \"error\": {\n    ") + "\n";
    }

    @Override
    public VendorError ofStatus(int status, String model) {
        return GeminiErrors.ofStatus(status, model);
    }

    @Override
    public VendorError notJson() {
        return GeminiErrors.invalid("Invalid JSON payload received. Unexpected token.");
    }

    @Override
    public VendorError tooLarge(long limit) {
        return GeminiErrors.invalid("Request payload size exceeds the limit: " + limit + " bytes.");
    }

    @Override
    public VendorError noKey() {
        return VendorError.plain(
                403,
                "PERMISSION_DENIED",
                "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or"
                        + " other form of API consumer identity to call this API.");
    }

    @Override
    public VendorError wrongKey() {
        return new VendorError(
                400, "INVALID_ARGUMENT", "API_KEY_INVALID", null, "API key not valid. Please pass a valid API key.");
    }

    @Override
    public VendorError unknownPath(String method, String path) {
        return VendorError.plain(404, "NOT_FOUND", "The requested URL was not found on this server.");
    }

    @Override
    public VendorError unreadableModel(String model, String reason) {
        return GeminiErrors.ofStatus(404, model.isEmpty() ? "" : model + " (" + reason + ")");
    }

    @Override
    public VendorError contextWindow(int asked, int window) {
        return GeminiErrors.invalid(
                "The input token count (" + asked + ") exceeds the maximum number of tokens allowed (" + window + ").");
    }

    @Override
    public VendorError contentPolicy() {
        return VendorError.plain(200, GeminiErrors.BLOCKED, "");
    }

    @Override
    public VendorError overLimit(Admission.Denied denied, String model) {
        return GeminiErrors.ofStatus(429, model);
    }

    @Override
    public String requestIdHeader() {
        return "x-goog-request-id";
    }

    @Override
    public String requestId(long bits) {
        return Mix.letters(bits, 16);
    }

    /** Google tells nothing. */
    @Override
    public void rateHeaders(MultiMap headers, Standing standing, long nowMillis) {}
}
