package dev.laneway.ingress;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Feature;
import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.InboundDialect;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.RenderContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** A dialect that reads what the ingress needs, and words errors so that tests see which dialect did. */
record PlainDialect(Dialect id) implements InboundDialect {
    @Override
    public Inspection inspect(byte[] body) {
        JsonObject json;
        try {
            json = new JsonObject(Buffer.buffer(body));
        } catch (DecodeException e) {
            return new Inspection.Refused(ClientError.invalid(null, "invalid_json", "not JSON"));
        }
        if (json.getString("model") == null) {
            return new Inspection.Refused(ClientError.invalid("model", "missing", "no model"));
        }
        if (id == Dialect.ANTHROPIC_MESSAGES && json.getInteger("max_tokens") == null) {
            return new Inspection.Refused(ClientError.invalid("max_tokens", "missing", "no max_tokens"));
        }
        return new Inspection.Accepted(new Inspected(
                json.getString("model"),
                json.getBoolean("stream", false),
                false,
                json.getInteger("max_tokens", 0),
                json.containsKey("tools") ? Set.of(Feature.TOOLS) : Set.of(),
                body.length / 4,
                1,
                null));
    }

    @Override
    public Parsed parse(byte[] body) {
        throw new AssertionError("the ingress never parses a body whole");
    }

    @Override
    public AnswerRenderer renderer(RenderContext context) {
        throw new AssertionError("the ingress renders nothing");
    }

    @Override
    public byte[] errorBody(ClientError error) {
        return json(error).toBuffer().getBytes();
    }

    @Override
    public byte[] errorFrames(ClientError error) {
        return ("data: " + json(error).encode() + "\n\n").getBytes();
    }

    private JsonObject json(ClientError error) {
        return new JsonObject()
                .put("dialect", id.id())
                .put(
                        "error",
                        new JsonObject()
                                .put("message", error.message())
                                .put("type", error.type())
                                .put("param", error.param())
                                .put("code", error.code()))
                .put("request_id", error.requestId());
    }
}
