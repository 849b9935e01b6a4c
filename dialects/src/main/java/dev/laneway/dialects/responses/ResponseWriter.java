package dev.laneway.dialects.responses;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.json.ByteText;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes the response object, with all that its request said. One answer, one thread. */
final class ResponseWriter {
    private final String id;
    private final long createdAt;
    private final Echo echo;
    private String model;
    private byte[] error = "null".getBytes(StandardCharsets.US_ASCII);

    ResponseWriter(String id, long createdAt, String model, Echo echo) {
        this.id = id;
        this.createdAt = createdAt;
        this.model = model;
        this.echo = echo;
    }

    static ResponseWriter of(RenderContext context, Echo echo) {
        return new ResponseWriter(ItemIds.response(context.requestId()), context.createdAt(), context.model(), echo);
    }

    /** The vendor's name of its model, for where no other is to be shown. */
    void vendorModel(String name) {
        if (model.isEmpty()) {
            model = name;
        }
    }

    /** Why it failed. */
    void error(String code, String message) {
        error = new ByteText(128)
                .ascii("{\"code\":")
                .quoted(code)
                .ascii(",\"message\":")
                .quoted(message)
                .ascii("}")
                .take();
    }

    /**
     * Writes it.
     *
     * @param incomplete why it is not complete; null where it is, or is still under way
     * @param output JSON of the items
     */
    void write(
            String status,
            @Nullable String incomplete,
            Collection<byte[]> output,
            @Nullable TokenUsage usage,
            ByteText to) {
        to.ascii("{\"id\":").quoted(id).ascii(",\"object\":\"response\",\"created_at\":");
        to.number(createdAt).ascii(",\"status\":\"").ascii(status);
        to.ascii("\",\"completed_at\":null,\"error\":").raw(error).ascii(",\"incomplete_details\":");
        if (incomplete == null) {
            to.ascii("null");
        } else {
            to.ascii("{\"reason\":\"").ascii(incomplete).ascii("\"}");
        }
        to.ascii(",\"model\":").quoted(model).ascii(",\"output\":[");
        var separator = "";
        for (var item : output) {
            to.ascii(separator).raw(item);
            separator = ",";
        }
        to.ascii("]");
        echo.write(to);
        to.ascii(",\"usage\":");
        if (usage == null) {
            to.ascii("null");
        } else {
            Usage.write(usage, to);
        }
        to.ascii("}");
    }
}
