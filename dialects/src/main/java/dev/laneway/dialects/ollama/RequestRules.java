package dev.laneway.dialects.ollama;

import dev.laneway.contracts.Feature;
import dev.laneway.dialects.AskedTally;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.json.BodyReader;
import dev.laneway.dialects.json.BodyReader.Invalid;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ChatRequest} and {@code GenerateRequest} demand. A null counts as absent, and every unknown field and option passes. What
 * {@code /api/generate} can ask only of a server that holds the model itself is refused: {@code raw}, {@code suffix}, {@code
 * context}. A request without messages, or without a prompt, is to load or unload a model; {@link Inspected#messageCount()} is 0 then.
 */
final class RequestRules {
    private final BodyReader body;
    private final Form form;
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private final Set<String> offered = new HashSet<>();
    private @Nullable String model;
    private boolean stream = true;
    private long maxTokens;
    private int messages;
    private final AskedTally asked = new AskedTally();

    RequestRules(Form form, BodyReader body) {
        this.form = form;
        this.body = body;
    }

    Inspected read(int bodyBytes) throws Invalid, IOException {
        body.distinctFields(this::field);
        if (model == null) {
            throw body.missing("model");
        }
        var tokens = (bodyBytes - body.mediaBytes()) / 4 + asked.estimatedTokens();
        return new Inspected(model, stream, true, maxTokens, features, tokens, messages, null)
                .offering(offered)
                .beside(asked.extras());
    }

    private void field(String name) throws Invalid, IOException {
        if (body.isNull()) {
            return;
        }
        switch (name) {
            case "model" -> {
                model = body.text();
                if (model.isBlank()) {
                    throw body.here("invalid_value", "This must not be empty.");
                }
            }
            case "stream" -> stream = body.flag();
            case "format" -> format();
            case "think" -> think();
            case "keep_alive" -> keepAlive();
            case "options" -> body.fields(this::option);
            case "logprobs" -> {
                if (body.flag()) {
                    features.add(Feature.LOGPROBS);
                }
            }
            case "top_logprobs" -> body.whole(0, 20);
            case "truncate", "shift" -> body.flag();
            default -> {
                switch (form) {
                    case CHAT -> chatField(name);
                    case GENERATE -> generateField(name);
                }
            }
        }
    }

    private void chatField(String name) throws Invalid, IOException {
        switch (name) {
            case "messages" -> messages = body.items(_ -> message());
            case "tools" -> {
                if (body.items(_ -> tool()) > 0) {
                    features.add(Feature.TOOLS);
                }
            }
            default -> body.skip();
        }
    }

    private void generateField(String name) throws Invalid, IOException {
        switch (name) {
            case "prompt" -> messages = body.text().isEmpty() ? 0 : 1;
            case "system", "template" -> body.string();
            case "images" -> images();
            case "raw" -> {
                if (body.flag()) {
                    throw unsupported("a prompt always goes through the model's template");
                }
            }
            case "suffix" -> {
                if (!body.text().isEmpty()) {
                    throw unsupported("models of chats can't fill in a middle");
                }
            }
            case "context" -> {
                if (body.items(_ -> body.skip()) > 0) {
                    throw unsupported("send the conversation to /api/chat");
                }
            }
            default -> body.skip();
        }
    }

    private Invalid unsupported(String why) {
        return body.here("unsupported_parameter", "This is not supported: " + why + ".");
    }

    private void message() throws Invalid, IOException {
        var role = new boolean[1];
        body.fields(name -> {
            if (body.isNull()) {
                return;
            }
            switch (name) {
                case "role" -> {
                    role[0] = true;
                    role();
                }
                case "content", "thinking", "tool_name", "tool_call_id" -> body.string();
                case "images" -> images();
                case "tool_calls" -> body.items(_ -> body.fields(this::call));
                default -> body.skip();
            }
        });
        if (!role[0]) {
            throw body.missing("role");
        }
    }

    private void role() throws Invalid, IOException {
        switch (body.text()) {
            case "system", "developer", "user", "assistant", "tool" -> {}
            default -> throw body.here("invalid_value", "This must be one of system, user, assistant and tool.");
        }
    }

    private void images() throws Invalid, IOException {
        var count = body.items(_ -> body.media());
        for (int i = 0; i < count; i++) {
            asked.image();
        }
        if (count > 0) {
            features.add(Feature.VISION);
        }
    }

    private void call(String name) throws Invalid, IOException {
        if (!name.equals("function") || body.isNull()) {
            body.skip();
            return;
        }
        var named = new boolean[1];
        body.fields(field -> {
            switch (field) {
                case "name" -> {
                    named[0] = true;
                    body.string();
                }
                case "arguments" -> {
                    if (!body.isNull()) {
                        body.object();
                    }
                    body.skip();
                }
                default -> body.skip();
            }
        });
        if (!named[0]) {
            throw body.missing("name");
        }
    }

    private void tool() throws Invalid, IOException {
        body.fields(name -> {
            if (!name.equals("function") || body.isNull()) {
                body.skip();
                return;
            }
            var named = new boolean[1];
            body.fields(field -> {
                switch (field) {
                    case "name" -> {
                        named[0] = true;
                        offered.add(body.text());
                    }
                    case "description" -> {
                        if (!body.isNull()) {
                            body.string();
                        }
                    }
                    case "parameters" -> {
                        if (!body.isNull()) {
                            body.object();
                        }
                        body.skip();
                    }
                    default -> body.skip();
                }
            });
            if (!named[0]) {
                throw body.missing("name");
            }
        });
    }

    private void format() throws Invalid, IOException {
        if (body.isObject()) {
            features.add(Feature.JSON_SCHEMA);
            body.skip();
            return;
        }
        switch (body.text()) {
            case "" -> {}
            case "json" -> features.add(Feature.JSON_OBJECT);
            default -> throw body.here("invalid_value", "This must be \"json\" or a JSON schema.");
        }
    }

    private void think() throws Invalid, IOException {
        var thinks = true;
        if (body.isString()) {
            switch (body.text()) {
                case "low", "medium", "high", "max" -> {}
                default ->
                    throw body.here(
                            "invalid_value", "This must be true, false, \"low\", \"medium\", \"high\" or \"max\".");
            }
        } else {
            thinks = body.flag();
        }
        if (thinks) {
            features.add(Feature.REASONING);
        }
    }

    private void keepAlive() throws Invalid, IOException {
        if (!body.isString()) {
            body.number(-Double.MAX_VALUE, Double.MAX_VALUE);
        } else if (!KeepAlive.isDuration(body.text())) {
            throw body.here("invalid_value", "This must be a number of seconds, or a duration such as \"5m\".");
        }
    }

    private void option(String name) throws Invalid, IOException {
        if (body.isNull()) {
            return;
        }
        switch (name) {
            case "num_predict" -> maxTokens = (long) Math.max(0, number());
            case "temperature",
                    "top_k",
                    "top_p",
                    "min_p",
                    "typical_p",
                    "seed",
                    "num_ctx",
                    "num_keep",
                    "repeat_last_n",
                    "repeat_penalty",
                    "presence_penalty",
                    "frequency_penalty" -> number();
            case "stop" -> body.items(_ -> body.string());
            default -> body.skip();
        }
    }

    private double number() throws Invalid, IOException {
        return body.number(-Double.MAX_VALUE, Double.MAX_VALUE);
    }
}
