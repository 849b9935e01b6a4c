package dev.laneway.testkit.openai;

import com.fasterxml.jackson.databind.JsonNode;
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

/** OpenAI's Responses API: its errors are those of chat, but for the event that a stream fails by. */
public final class ResponsesWire implements VendorWire {
    private final VendorWire openAi;

    public ResponsesWire(VendorWire openAi) {
        this.openAi = openAi;
    }

    @Override
    public Vendor vendor() {
        return openAi.vendor();
    }

    @Override
    public Reading read(JsonNode body, ModelName model, RequestHead head) {
        return new ResponsesReader(body, model, head).read();
    }

    @Override
    public String event(VendorError error, String requestId) {
        String code = error.code();
        StringBuilder out = new StringBuilder("event: error\ndata: {\"type\":\"error\",\"code\":");
        out.append(Json.quote(code == null ? error.type() : code));
        Json.string(out.append(",\"message\":"), error.message());
        return out.append(",\"param\":null,\"sequence_number\":3}\n\n").toString();
    }

    /** A response that has begun fails; {@code error} is for what never began. */
    @Override
    public String broken(VendorError error, String requestId) {
        StringBuilder out = new StringBuilder("event: response.failed\ndata: {\"type\":\"response.failed\",");
        out.append("\"sequence_number\":9,\"response\":{\"id\":\"resp_").append(requestId);
        out.append("\",\"object\":\"response\",\"status\":\"failed\",\"error\":{\"code\":");
        String code = error.code();
        out.append(Json.quote(code == null ? error.type() : code));
        Json.string(out.append(",\"message\":"), error.message());
        return out.append("},\"incomplete_details\":null,\"output\":[],\"usage\":null}}\n\n")
                .toString();
    }

    @Override
    public String body(VendorError error, String requestId) {
        return openAi.body(error, requestId);
    }

    @Override
    public VendorError ofStatus(int status, String model) {
        return openAi.ofStatus(status, model);
    }

    @Override
    public VendorError notJson() {
        return openAi.notJson();
    }

    @Override
    public VendorError tooLarge(long limit) {
        return openAi.tooLarge(limit);
    }

    @Override
    public VendorError noKey() {
        return openAi.noKey();
    }

    @Override
    public VendorError wrongKey() {
        return openAi.wrongKey();
    }

    @Override
    public VendorError unknownPath(String method, String path) {
        return openAi.unknownPath(method, path);
    }

    @Override
    public VendorError unreadableModel(String model, String reason) {
        return openAi.unreadableModel(model, reason);
    }

    @Override
    public VendorError contextWindow(int asked, int window) {
        return openAi.contextWindow(asked, window);
    }

    @Override
    public VendorError contentPolicy() {
        return openAi.contentPolicy();
    }

    @Override
    public VendorError overLimit(Admission.Denied denied, String model) {
        return openAi.overLimit(denied, model);
    }

    @Override
    public String requestIdHeader() {
        return openAi.requestIdHeader();
    }

    @Override
    public String requestId(long bits) {
        return openAi.requestId(bits);
    }

    @Override
    public void rateHeaders(MultiMap headers, Standing standing, long nowMillis) {
        openAi.rateHeaders(headers, standing, nowMillis);
    }
}
