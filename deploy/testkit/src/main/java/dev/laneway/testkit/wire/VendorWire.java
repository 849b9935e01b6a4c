package dev.laneway.testkit.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.limits.Admission;
import dev.laneway.testkit.limits.Standing;
import dev.laneway.testkit.models.ModelName;
import io.vertx.core.MultiMap;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A vendor's wire format: how it reads, refuses and fails. Pure; safe for any thread. */
public interface VendorWire {
    Vendor vendor();

    /** Checks a request for a completion as the vendor does. */
    Reading read(JsonNode body, ModelName model, RequestHead head);

    /** The body of an error. */
    String body(VendorError error, String requestId);

    /** An error as an event, or a line, of a stream: the only one. */
    String event(VendorError error, String requestId);

    /** An error as the end of a stream that has begun. */
    default String broken(VendorError error, String requestId) {
        return event(error, requestId);
    }

    /** The media type of a stream. */
    default String streamType() {
        return "text/event-stream; charset=utf-8";
    }

    /** In which the texts of a stream are sent: of one character a byte where it is binary. */
    default Charset streamCharset() {
        return StandardCharsets.UTF_8;
    }

    /** The headers of an answer that is an error. */
    default void errorHeaders(MultiMap headers, VendorError error) {}

    /** What the vendor says with an error status that a fault asks for. */
    VendorError ofStatus(int status, String model);

    /** The body is not JSON. */
    VendorError notJson();

    /** The body is over the limit. */
    VendorError tooLarge(long limit);

    VendorError noKey();

    VendorError wrongKey();

    VendorError unknownPath(String method, String path);

    /** The model's name can't be read by the simulator's grammar. */
    VendorError unreadableModel(String model, String reason);

    VendorError contextWindow(int asked, int window);

    VendorError contentPolicy();

    VendorError overLimit(Admission.Denied denied, String model);

    /** The header in which the vendor tells the id of a call. */
    String requestIdHeader();

    /** An id of a call. */
    String requestId(long bits);

    /** The headers of an answer that tell how a key stands. */
    void rateHeaders(MultiMap headers, Standing standing, long nowMillis);
}
