package dev.laneway.testkit.anthropic;

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
import java.time.Instant;

/** Anthropic's wire format. */
public final class AnthropicWire implements VendorWire {
    private static final CharSequence[] REQUESTS = names("requests");
    private static final CharSequence[][] TOKENS = {names("tokens"), names("input-tokens"), names("output-tokens")};

    private final ThinkingSignature signatures;

    /** The seed decides the key that thinking is signed with. */
    public AnthropicWire(long seed) {
        this.signatures = new ThinkingSignature(seed);
    }

    @Override
    public Vendor vendor() {
        return Vendor.ANTHROPIC;
    }

    @Override
    public Reading read(JsonNode body, ModelName model, RequestHead head) {
        boolean counting = head.path().endsWith("/count_tokens");
        return new AnthropicReader(body, model, head, signatures, counting).read();
    }

    @Override
    public String body(VendorError error, String requestId) {
        StringBuilder out = new StringBuilder("{\"type\":\"error\",\"error\":{\"details\":null,\"type\":");
        Json.string(Json.string(out, error.type()).append(",\"message\":"), error.message());
        return out.append("},\"request_id\":\"").append(requestId).append("\"}").toString();
    }

    @Override
    public String event(VendorError error, String requestId) {
        return "event: error\ndata: " + body(error, requestId) + "\n\n";
    }

    @Override
    public VendorError ofStatus(int status, String model) {
        return AnthropicErrors.ofStatus(status, model);
    }

    @Override
    public VendorError notJson() {
        return invalid("The request body is not valid JSON");
    }

    @Override
    public VendorError tooLarge(long limit) {
        return AnthropicErrors.ofStatus(413, "");
    }

    @Override
    public VendorError noKey() {
        return VendorError.plain(401, "authentication_error", "x-api-key header is required");
    }

    @Override
    public VendorError wrongKey() {
        return AnthropicErrors.ofStatus(401, "");
    }

    @Override
    public VendorError unknownPath(String method, String path) {
        return VendorError.plain(404, "not_found_error", "Not Found");
    }

    @Override
    public VendorError unreadableModel(String model, String reason) {
        return model.isEmpty()
                ? invalid("model: Field required")
                : VendorError.plain(404, "not_found_error", "model: " + model + " (" + reason + ")");
    }

    @Override
    public VendorError contextWindow(int asked, int window) {
        return invalid("prompt is too long: " + asked + " tokens > " + window + " maximum");
    }

    @Override
    public VendorError contentPolicy() {
        return invalid("Output blocked by content filtering policy");
    }

    @Override
    public VendorError overLimit(Admission.Denied denied, String model) {
        return AnthropicErrors.overLimit(denied);
    }

    @Override
    public String requestIdHeader() {
        return "request-id";
    }

    @Override
    public String requestId(long bits) {
        return "req_011C" + Mix.letters(bits, 20);
    }

    @Override
    public void rateHeaders(MultiMap headers, Standing standing, long nowMillis) {
        put(
                headers,
                REQUESTS,
                standing.requestLimit(),
                standing.requestsLeft(),
                nowMillis + standing.requestResetMillis());
        for (CharSequence[] names : TOKENS) {
            put(headers, names, standing.tokenLimit(), standing.tokensLeft(), nowMillis + standing.tokenResetMillis());
        }
    }

    private static CharSequence[] names(String what) {
        return new CharSequence[] {
            HttpHeaders.createOptimized("anthropic-ratelimit-" + what + "-limit"),
            HttpHeaders.createOptimized("anthropic-ratelimit-" + what + "-remaining"),
            HttpHeaders.createOptimized("anthropic-ratelimit-" + what + "-reset")
        };
    }

    private static void put(MultiMap headers, CharSequence[] names, long limit, long left, long fullMillis) {
        headers.set(names[0], Long.toString(limit));
        headers.set(names[1], Long.toString(left));
        headers.set(names[2], Instant.ofEpochSecond((fullMillis + 999) / 1000).toString());
    }

    private static VendorError invalid(String message) {
        return VendorError.plain(400, "invalid_request_error", message);
    }
}
