package dev.laneway.dialects.embeddings;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.EmbeddingsInbound;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.json.BodyReader;
import dev.laneway.dialects.json.BodyReader.Invalid;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.FieldBag;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.neutral.EmbeddingRequest;
import dev.laneway.dialects.neutral.EmbeddingRequest.Input;
import dev.laneway.dialects.neutral.Extras;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Clients of Ollama's {@code POST /api/embed} ({@code input}) and of the older {@code POST /api/embeddings} ({@code prompt}), as
 * Ollama 0.32 has them. Which form a body has tells which one the answer has. Unlike there, a request without anything to embed,
 * which only loads a model, is refused.
 */
public final class OllamaEmbedInbound implements EmbeddingsInbound {
    private static final int MOST_INPUTS = 2_048;
    private static final int BYTES_PER_TOKEN = 4;

    @Override
    public Dialect id() {
        return Dialect.OLLAMA_EMBED;
    }

    @Override
    public Inspection inspect(byte[] body) {
        return BodyReader.read(body, reader -> new Rules(reader).read(body.length));
    }

    private static final class Rules {
        private final BodyReader body;
        private @Nullable String model;
        private int inputs;

        Rules(BodyReader body) {
            this.body = body;
        }

        Inspected read(int bodyBytes) throws Invalid, IOException {
            body.distinctFields(this::field);
            if (model == null || model.isBlank()) {
                throw body.missing("model");
            }
            if (inputs == 0) {
                throw body.missing("input");
            }
            return new Inspected(model, false, false, 0, Set.of(), bodyBytes / BYTES_PER_TOKEN, inputs, null);
        }

        private void field(String name) throws Invalid, IOException {
            if (body.isNull()) {
                return;
            }
            switch (name) {
                case "model" -> model = body.text();
                case "input", "prompt" -> {
                    if (inputs > 0) {
                        throw body.here("invalid_value", "There may be an input or a prompt, not both.");
                    }
                    if (name.equals("input") && body.isArray()) {
                        inputs = body.items(this::text);
                    } else {
                        text(0);
                        inputs = 1;
                    }
                }
                case "truncate" -> body.flag();
                case "dimensions" -> body.whole(0, Integer.MAX_VALUE);
                default -> body.skip();
            }
        }

        private void text(int index) throws Invalid, IOException {
            if (index == MOST_INPUTS) {
                throw body.here("array_too_long", "There may be at most 2048 inputs.");
            }
            if (body.text().isEmpty()) {
                throw body.here("invalid_value", "An input must not be empty.");
            }
        }
    }

    @Override
    public @Nullable EmbeddingRequest parse(byte[] body) {
        var root = Json.tree(body);
        if (root == null || !root.isObject()) {
            return null;
        }
        var fields = new FieldBag(root);
        var inputs = new ArrayList<Input>();
        for (var given : List.of("input", "prompt")) {
            var node = fields.take(given);
            if (node != null && node.isTextual()) {
                inputs.add(new Input.Text(node.textValue()));
            } else if (node != null) {
                node.forEach(item -> inputs.add(new Input.Text(item.asText())));
            }
        }
        var dimensions = fields.count("dimensions");
        return inputs.isEmpty()
                ? null
                : new EmbeddingRequest(
                        fields.text("model", ""),
                        inputs,
                        dimensions == null || dimensions == 0 ? null : dimensions,
                        null,
                        null,
                        fields.flag("truncate"),
                        new Extras(Dialect.OLLAMA_EMBED, fields.rest()));
    }

    @Override
    public EmbeddingRenderer renderer(byte[] body, RenderContext context) {
        return new OllamaEmbedRenderer(isOld(body), context);
    }

    /** Whether a body is of the older form. */
    static boolean isOld(byte[] body) {
        var at = new JsonCursor().reset(body, 0, body.length);
        var old = false;
        at.enterObject();
        while (at.nextMember()) {
            old |= at.keyIs("prompt") && at.kind() != 'n';
            at.skipValue();
        }
        return old;
    }

    @Override
    public byte[] errorBody(ClientError error) {
        return new ByteText(128)
                .ascii("{\"error\":")
                .quoted(error.message())
                .ascii("}")
                .take();
    }

    @Override
    public byte[] errorFrames(ClientError error) {
        return errorBody(error);
    }
}
