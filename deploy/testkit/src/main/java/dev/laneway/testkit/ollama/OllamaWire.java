package dev.laneway.testkit.ollama;

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

/** Ollama's wire format. */
public final class OllamaWire implements VendorWire {
    @Override
    public Vendor vendor() {
        return Vendor.OLLAMA;
    }

    @Override
    public Reading read(JsonNode body, ModelName model, RequestHead head) {
        return new OllamaReader(body, model, head).read();
    }

    @Override
    public String body(VendorError error, String requestId) {
        return Json.string(new StringBuilder("{\"error\":"), error.message())
                .append('}')
                .toString();
    }

    /** A line of its own. */
    @Override
    public String event(VendorError error, String requestId) {
        return body(error, requestId) + "\n";
    }

    @Override
    public String streamType() {
        return "application/x-ndjson";
    }

    @Override
    public VendorError ofStatus(int status, String model) {
        return switch (status) {
            case 400 -> error(400, "the request could not be processed");
            case 401 -> error(401, "unauthorized");
            case 404 -> error(404, "model '" + model + "' not found");
            case 429 -> error(429, "too many requests");
            case 503 -> error(503, "server busy, please try again.  maximum pending requests exceeded");
            default -> error(status, "an error was encountered while running the model: unexpected EOF");
        };
    }

    private static VendorError error(int status, String message) {
        return VendorError.plain(status, "", message);
    }

    @Override
    public VendorError notJson() {
        return error(400, "unexpected EOF");
    }

    @Override
    public VendorError tooLarge(long limit) {
        return error(413, "http: request body too large");
    }

    @Override
    public VendorError noKey() {
        return error(401, "unauthorized");
    }

    @Override
    public VendorError wrongKey() {
        return error(401, "unauthorized");
    }

    @Override
    public VendorError unknownPath(String method, String path) {
        return error(404, "404 page not found");
    }

    @Override
    public VendorError unreadableModel(String model, String reason) {
        return model.isEmpty()
                ? error(400, "model is required")
                : error(404, "model '" + model + "' not found (" + reason + ")");
    }

    /** The engine's own error, within the string. */
    @Override
    public VendorError contextWindow(int asked, int window) {
        return error(
                400,
                "{\"error\":{\"code\":400,\"message\":\"request (" + asked
                        + " tokens) exceeds the available context size (" + window
                        + " tokens), try increasing it\",\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":"
                        + asked
                        + ",\"n_ctx\":" + window + "}}");
    }

    /** A server of one's own has none; its cloud has. */
    @Override
    public VendorError contentPolicy() {
        return error(400, "the request was refused by the content policy");
    }

    @Override
    public VendorError overLimit(Admission.Denied denied, String model) {
        return ofStatus(503, model);
    }

    /** Ollama tells none; this one is for whoever looks. */
    @Override
    public String requestIdHeader() {
        return "x-request-id";
    }

    @Override
    public String requestId(long bits) {
        return "sim_" + Mix.letters(bits, 20);
    }

    @Override
    public void rateHeaders(MultiMap headers, Standing standing, long nowMillis) {
        // there are none
    }
}
