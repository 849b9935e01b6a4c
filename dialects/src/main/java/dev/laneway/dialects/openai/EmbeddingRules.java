package dev.laneway.dialects.openai;

import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.json.BodyReader;
import dev.laneway.dialects.json.BodyReader.Invalid;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code CreateEmbeddingRequest} demands: 1 to 2,048 inputs, texts or lists of tokens, or one of either alone. How long an
 * input may be is the model's business. A null counts as absent, and unknown fields pass.
 */
final class EmbeddingRules {
    private static final int MOST_INPUTS = 2_048;
    private static final int BYTES_PER_TOKEN = 4;

    /** The first element tells what an array is of. */
    private enum Of {
        TEXTS,
        TOKENS,
        LISTS
    }

    private final BodyReader body;
    private final @Nullable String addressed;
    private @Nullable String model;
    private @Nullable String user;
    private @Nullable Of of;
    private int inputs;
    private long tokens;

    /** @param addressed the model that the request's address names, whatever the body says; null where it names none */
    EmbeddingRules(BodyReader body, @Nullable String addressed) {
        this.body = body;
        this.addressed = addressed;
    }

    Inspected read(int bodyBytes) throws Invalid, IOException {
        body.distinctFields(this::field);
        model = addressed == null ? model : addressed;
        if (model == null) {
            throw body.missing("model");
        }
        if (inputs == 0) {
            throw body.missing("input");
        }
        var estimate = tokens > 0 ? tokens : bodyBytes / BYTES_PER_TOKEN;
        return new Inspected(model, false, false, 0, Set.of(), estimate, inputs, user);
    }

    private void field(String name) throws Invalid, IOException {
        if (body.isNull() && !name.equals("input")) {
            return;
        }
        switch (name) {
            case "model" -> {
                model = body.text();
                if (addressed == null && model.isBlank()) {
                    throw body.here("invalid_value", "This must not be empty.");
                }
            }
            case "input" -> input();
            case "encoding_format" -> {
                switch (body.text()) {
                    case "float", "base64" -> {}
                    default -> throw body.here("invalid_value", "This must be float or base64.");
                }
            }
            case "dimensions" -> body.whole(1, Integer.MAX_VALUE);
            case "user" -> user = body.text();
            default -> body.skip();
        }
    }

    private void input() throws Invalid, IOException {
        if (body.isString()) {
            text();
            inputs = 1;
        } else if (body.isArray()) {
            var count = body.items(this::item);
            if (count == 0) {
                throw body.here("empty_array", "This must have at least one input.");
            }
            inputs = of == Of.TOKENS ? 1 : count;
        } else {
            throw body.here("invalid_type", "This must be a string, or an array of strings or of tokens.");
        }
    }

    private void item(int index) throws Invalid, IOException {
        var kind = body.isString() ? Of.TEXTS : body.isArray() ? Of.LISTS : Of.TOKENS;
        if (of == null) {
            of = kind;
        } else if (of != kind) {
            throw body.here("invalid_type", "The inputs of an array must be of one kind.");
        }
        if (index == MOST_INPUTS && kind != Of.TOKENS) {
            throw body.here("array_too_long", "There may be at most 2048 inputs.");
        }
        switch (kind) {
            case TEXTS -> text();
            case TOKENS -> token();
            case LISTS -> {
                if (body.items(_ -> token()) == 0) {
                    throw body.here("empty_array", "An input must not be empty.");
                }
            }
        }
    }

    private void token() throws Invalid, IOException {
        body.whole(0, Integer.MAX_VALUE);
        tokens++;
    }

    private void text() throws Invalid, IOException {
        if (body.text().isEmpty()) {
            throw body.here("invalid_value", "An input must not be empty.");
        }
    }
}
