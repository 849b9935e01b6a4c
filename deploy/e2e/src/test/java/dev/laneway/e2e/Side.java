package dev.laneway.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

/** A wire format, on either side of the gateway: how a client asks in it, and reads what comes. */
enum Side {
    OPENAI("/v1/chat/completions", "/choices/0/delta/content", "/choices/0/delta/refusal") {
        @Override
        boolean ended(List<String> data) {
            return !data.isEmpty() && data.getLast().equals("[DONE]");
        }
    },
    ANTHROPIC("/v1/messages", "/delta/text", "/delta/stop_reason") {
        @Override
        boolean ended(List<String> data) {
            return !data.isEmpty() && data.getLast().contains("\"message_stop\"");
        }
    };

    private final String path;
    private final List<String> deltas;

    Side(String path, String... deltas) {
        this.path = path;
        this.deltas = List.of(deltas);
    }

    /** Whether a stream ended as its format has it. */
    abstract boolean ended(List<String> data);

    HttpResponse<String> ask(Gateway gateway, String model, boolean stream) throws IOException, InterruptedException {
        return Http.post(
                gateway,
                path,
                "{\"max_tokens\":100," + Http.question(model, stream).substring(1));
    }

    /** What a model said in a stream, or why it said nothing. */
    String streamed(List<String> data) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String frame : data) {
            if (!frame.equals("[DONE]")) {
                JsonNode read = Http.JSON.readTree(frame);
                deltas.forEach(delta -> text.append(read.at(delta).asText("")));
            }
        }
        return text.toString();
    }

    /** What the format calls the error of a status. */
    String errorType(int status) {
        return switch (status) {
            case 400 -> "invalid_request_error";
            case 413 -> this == OPENAI ? "invalid_request_error" : "request_too_large";
            case 429 -> "rate_limit_error";
            case 502 -> "api_error";
            case 503 -> this == OPENAI ? "service_unavailable" : "overloaded_error";
            case 504 -> "timeout_error";
            default -> throw new IllegalArgumentException("no error is expected to have status " + status);
        };
    }
}
