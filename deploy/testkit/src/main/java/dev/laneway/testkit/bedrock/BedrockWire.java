package dev.laneway.testkit.bedrock;

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
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Bedrock's wire format. An error's type is AWS's name of it, told in a header. */
public final class BedrockWire implements VendorWire {
    @Override
    public Vendor vendor() {
        return Vendor.BEDROCK;
    }

    @Override
    public Reading read(JsonNode body, ModelName model, RequestHead head) {
        return new ConverseReader(body, model, head).read();
    }

    @Override
    public String streamType() {
        return "application/vnd.amazon.eventstream";
    }

    @Override
    public Charset streamCharset() {
        return StandardCharsets.ISO_8859_1;
    }

    @Override
    public void errorHeaders(MultiMap headers, VendorError error) {
        headers.set("x-amzn-errortype", error.type() + ":http://internal.amazon.com/coral/com.amazon.bedrock/");
    }

    @Override
    public String body(VendorError error, String requestId) {
        return "{\"message\":" + Json.quote(error.message()) + "}";
    }

    @Override
    public String event(VendorError error, String requestId) {
        String type = error.type().substring(0, 1).toLowerCase(Locale.ROOT)
                + error.type().substring(1);
        return EventText.exception(type, body(error, requestId));
    }

    @Override
    public VendorError ofStatus(int status, String model) {
        return switch (status) {
            case 401, 403 ->
                error(403, "AccessDeniedException", "You don't have access to the model with the specified model ID.");
            case 404 -> error(404, "ResourceNotFoundException", "The model " + model + " could not be found.");
            case 408 -> error(408, "ModelTimeoutException", "The model took too long.");
            case 424 -> error(424, "ModelErrorException", "The model failed.");
            case 429 -> error(429, "ThrottlingException", "Too many requests, please wait before trying again.");
            case 503, 529 -> error(503, "ServiceUnavailableException", "Bedrock is unable to process your request.");
            default ->
                status < 500
                        ? error(status, "ValidationException", "The request was refused.")
                        : error(status, "InternalServerException", "The system encountered an unexpected error.");
        };
    }

    @Override
    public VendorError notJson() {
        return error(400, "SerializationException", "The body is not JSON.");
    }

    @Override
    public VendorError tooLarge(long limit) {
        return invalid("Input is too long for requested model.");
    }

    @Override
    public VendorError noKey() {
        return error(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    @Override
    public VendorError wrongKey() {
        return error(
                403,
                "InvalidSignatureException",
                "The request signature we calculated does not match the signature you provided.");
    }

    @Override
    public VendorError unknownPath(String method, String path) {
        return error(404, "UnknownOperationException", "");
    }

    @Override
    public VendorError unreadableModel(String model, String reason) {
        return invalid("The provided model identifier is invalid.");
    }

    @Override
    public VendorError contextWindow(int asked, int window) {
        return invalid("Input is too long for requested model.");
    }

    @Override
    public VendorError contentPolicy() {
        return invalid("Output blocked by content filtering policy");
    }

    @Override
    public VendorError overLimit(Admission.Denied denied, String model) {
        return error(
                429, "ThrottlingException", "Too many " + denied.over().name().toLowerCase(Locale.ROOT) + ".");
    }

    @Override
    public String requestIdHeader() {
        return "x-amzn-requestid";
    }

    @Override
    public String requestId(long bits) {
        return Mix.letters(bits, 32).toLowerCase(Locale.ROOT);
    }

    /** It tells none. */
    @Override
    public void rateHeaders(MultiMap headers, Standing standing, long nowMillis) {}

    static VendorError invalid(String message) {
        return error(400, "ValidationException", message);
    }

    private static VendorError error(int status, String type, String message) {
        return VendorError.plain(status, type, message);
    }
}
