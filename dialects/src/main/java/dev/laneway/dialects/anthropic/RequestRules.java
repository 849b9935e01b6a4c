package dev.laneway.dialects.anthropic;

import dev.laneway.contracts.Feature;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.ServiceTier;
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
 * What {@code POST /v1/messages} demands in either version: blocks, tools and thinking of a kind unknown here pass, and so does
 * every unknown field. A null counts as absent.
 */
final class RequestRules {
    private final BodyReader body;
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private final Set<String> offered = new HashSet<>();
    private @Nullable String model;
    private boolean stream;
    private long maxTokens = -1;
    private int messages = -1;
    private final AskedTally asked = new AskedTally();
    private final HostedRules hosted = new HostedRules(asked);
    private @Nullable String user;

    RequestRules(BodyReader body) {
        this.body = body;
    }

    Inspected read(int bodyBytes) throws Invalid, IOException {
        body.distinctFields(this::field);
        if (model == null) {
            throw body.missing("model");
        }
        if (maxTokens < 0) {
            throw body.missing("max_tokens");
        }
        if (messages < 0) {
            throw body.missing("messages");
        }
        var tokens = (bodyBytes - body.mediaBytes()) / 4 + asked.estimatedTokens();
        hosted.end();
        return new Inspected(model, stream, true, maxTokens, features, tokens, messages, user)
                .offering(offered)
                .beside(asked.extras());
    }

    private void field(String name) throws Invalid, IOException {
        if (body.isNull() && !name.equals("messages")) {
            return;
        }
        switch (name) {
            case "model" -> {
                model = body.text();
                if (model.isBlank()) {
                    throw body.here("invalid_value", "This must not be empty.");
                }
            }
            case "messages" -> {
                messages = body.items(_ -> message());
                if (messages == 0) {
                    throw body.here("empty_array", "This must have at least one message.");
                }
            }
            case "max_tokens" -> maxTokens = body.whole(0, Long.MAX_VALUE);
            case "stream" -> stream = body.flag();
            case "system" -> content();
            case "tools" -> {
                var names = new HashSet<String>();
                if (body.items(_ -> tool(names)) > 0) {
                    features.add(Feature.TOOLS);
                }
                offered.addAll(names);
            }
            case "temperature", "top_p" -> body.number(0, 1);
            case "top_k" -> body.whole(0, Long.MAX_VALUE);
            case "stop_sequences" -> body.items(_ -> body.string());
            case "tool_choice" -> typed("name");
            case "thinking" -> thinking();
            case "output_config" -> body.fields(this::outputField);
            case "output_format" -> outputField("format");
            case "speed" -> {
                if (body.text().equals("fast")) {
                    asked.tier(ServiceTier.PRIORITY);
                }
            }
            // a tenth dearer with some models, which no price of ours says
            case "inference_geo" -> {
                if (!body.text().equals("global")) {
                    asked.tool(HostedTool.OTHER, 0);
                }
            }
            case "mcp_servers" -> {
                if (body.items(_ -> body.skip()) > 0) {
                    offered.add("mcp");
                    asked.tool(HostedTool.CONTENT, 0);
                }
            }
            case "metadata" ->
                body.fields(inner -> {
                    if (inner.equals("user_id") && !body.isNull()) {
                        user = body.text();
                    } else {
                        body.skip();
                    }
                });
            default -> body.skip();
        }
    }

    private void outputField(String name) throws Invalid, IOException {
        if (name.equals("format") && !body.isNull()) {
            if (typed("").equals("json_schema")) {
                features.add(Feature.JSON_SCHEMA);
            }
        } else {
            body.skip();
        }
    }

    /** An object with a type; the named field must be a string if it is there. @return the type */
    private String typed(String text) throws Invalid, IOException {
        var type = new String[1];
        body.fields(name -> {
            if (name.equals("type")) {
                type[0] = body.text();
            } else if (name.equals(text) && !body.isNull()) {
                body.string();
            } else {
                body.skip();
            }
        });
        if (type[0] == null) {
            throw body.missing("type");
        }
        return type[0];
    }

    private void thinking() throws Invalid, IOException {
        var type = new String[1];
        var budget = new boolean[1];
        body.fields(name -> {
            switch (name) {
                case "type" -> type[0] = body.text();
                case "budget_tokens" -> {
                    budget[0] = !body.isNull();
                    if (budget[0]) {
                        body.whole(1024, Long.MAX_VALUE);
                    }
                }
                default -> body.skip();
            }
        });
        if (type[0] == null) {
            throw body.missing("type");
        }
        if (type[0].equals("enabled") && !budget[0]) {
            throw body.missing("budget_tokens");
        }
        if (!type[0].equals("disabled")) {
            features.add(Feature.REASONING);
        }
    }

    private void message() throws Invalid, IOException {
        var seen = new boolean[2];
        body.fields(name -> {
            switch (name) {
                case "role" -> {
                    seen[0] = true;
                    switch (body.text()) {
                        case "user", "assistant", "system" -> {}
                        default -> throw body.here("invalid_value", "This must be one of user, assistant and system.");
                    }
                }
                case "content" -> {
                    seen[1] = true;
                    content();
                }
                default -> body.skip();
            }
        });
        if (!seen[0]) {
            throw body.missing("role");
        }
        if (!seen[1]) {
            throw body.missing("content");
        }
    }

    private void content() throws Invalid, IOException {
        if (body.isString()) {
            return;
        }
        if (!body.isArray()) {
            throw body.here("invalid_type", "This must be a string or an array of content blocks.");
        }
        body.items(_ -> block());
    }

    private void block() throws Invalid, IOException {
        var type = new String[1];
        body.fields(name -> {
            if (body.isNull()) {
                return;
            }
            switch (name) {
                case "type" -> {
                    type[0] = body.text();
                    if (type[0].equals("image")) {
                        asked.image();
                        features.add(Feature.VISION);
                    } else if (type[0].equals("document")) {
                        asked.document();
                        features.add(Feature.DOCUMENTS);
                    }
                }
                case "text", "thinking", "signature", "id", "name", "tool_use_id" -> body.string();
                case "source" -> source();
                case "content" -> nested();
                default -> body.skip();
            }
        });
        if (type[0] == null) {
            throw body.missing("type");
        }
    }

    /** A source is an object, of which the data is not looked at; a search result's is a string. */
    private void source() throws Invalid, IOException {
        if (!body.isObject()) {
            body.skip();
            return;
        }
        body.fields(name -> {
            if (name.equals("data") && body.isString()) {
                body.media();
            } else {
                body.skip();
            }
        });
    }

    /** What a tool's result holds: blocks as in a message; what hosted tools return is theirs. */
    private void nested() throws Invalid, IOException {
        if (body.isArray()) {
            body.items(_ -> {
                if (body.isObject()) {
                    block();
                } else {
                    body.skip();
                }
            });
        } else {
            body.skip();
        }
    }

    private void tool(Set<String> names) throws Invalid, IOException {
        var own = new boolean[] {true};
        var type = new String[1];
        var uses = new long[1];
        var seen = new boolean[2];
        body.fields(name -> {
            switch (name) {
                case "type" -> {
                    type[0] = body.isNull() ? null : body.text();
                    own[0] = type[0] == null || type[0].equals("custom");
                }
                case "max_uses" -> uses[0] = body.isNull() ? 0 : body.whole(0, Long.MAX_VALUE);
                case "name" -> {
                    seen[0] = true;
                    if (!names.add(body.text())) {
                        throw body.here("invalid_value", "Another tool has this name.");
                    }
                }
                case "input_schema" -> {
                    seen[1] = true;
                    body.object();
                    body.skip();
                }
                case "description" -> {
                    if (!body.isNull()) {
                        body.string();
                    }
                }
                default -> body.skip();
            }
        });
        if (!own[0]) {
            hosted.tool(type[0], uses[0]);
            if (!seen[0]) {
                names.add(type[0]);
            }
        }
        if (own[0] && !seen[0]) {
            throw body.missing("name");
        }
        if (own[0] && !seen[1]) {
            throw body.missing("input_schema");
        }
    }
}
