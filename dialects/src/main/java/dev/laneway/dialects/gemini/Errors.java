package dev.laneway.dialects.gemini;

import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.json.ByteText;

/**
 * {@code {"error":{code,message,status,details}}}, a {@code google.rpc.Status}: with the field at fault, our finer code and the request
 * id as its details.
 */
final class Errors {
    private static final String TYPE = "{\"@type\":\"type.googleapis.com/google.rpc.";

    private Errors() {}

    static byte[] body(ClientError error) {
        var text = new ByteText(512);
        write(error, text);
        return text.take();
    }

    /**
     * Twice: as an event, which google-genai for Java, Google's Python SDK and readers of events see; and as an event that is not
     * ended, which those pass over, while @google/genai, which takes the first for a chunk without candidates, raises what is left over
     * at the end. Nothing may follow.
     */
    static byte[] frames(ClientError error) {
        var body = body(error);
        return new ByteText(2 * body.length + 16)
                .ascii("data: ")
                .raw(body)
                .ascii("\n\n")
                .raw(body)
                .take();
    }

    private static void write(ClientError error, ByteText to) {
        to.ascii("{\"error\":{\"code\":").number(error.status());
        to.ascii(",\"message\":").quoted(error.message());
        to.ascii(",\"status\":").quoted(status(error.status()));
        to.ascii(",\"details\":[");
        if (error.code() != null) {
            to.ascii(TYPE).ascii("ErrorInfo\",\"reason\":").quoted(error.code());
            to.ascii(",\"domain\":\"laneway\"},");
        }
        if (error.param() != null) {
            to.ascii(TYPE)
                    .ascii("BadRequest\",\"fieldViolations\":[{\"field\":")
                    .quoted(error.param());
            to.ascii(",\"description\":").quoted(error.message()).ascii("}]},");
        }
        to.ascii(TYPE)
                .ascii("RequestInfo\",\"requestId\":")
                .quoted(error.requestId())
                .ascii("}]}}");
    }

    /** The word of {@code google.rpc.Code} for an HTTP status. */
    private static String status(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404, 410 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 501 -> "UNIMPLEMENTED";
            case 503, 529 -> "UNAVAILABLE";
            case 408, 504 -> "DEADLINE_EXCEEDED";
            default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
    }
}
