package dev.laneway.dialects.responses;

import dev.laneway.contracts.Feature;
import dev.laneway.contracts.HostedTool;
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
 * What {@code CreateResponse} demands, so far as every vendor does; what only OpenAI itself could do (work in the background, kept
 * conversations and prompts) is refused. Items, tools and formats of a kind unknown here pass, and so does every unknown field. A
 * null counts as absent.
 */
final class RequestRules {
    private final BodyReader body;
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private final Set<String> offered = new HashSet<>();
    private @Nullable String model;
    private boolean stream;
    private long maxTokens;
    private int items = -1;
    private boolean goesOn;
    private final AskedTally asked = new AskedTally();
    private long maxToolCalls;
    private @Nullable String user;

    RequestRules(BodyReader body) {
        this.body = body;
    }

    Inspected read(int bodyBytes) throws Invalid, IOException {
        body.distinctFields(this::field);
        if (model == null) {
            throw body.missing("model");
        }
        if (items < 0 && !goesOn) {
            throw body.missing("input");
        }
        var tokens = (bodyBytes - body.mediaBytes()) / 4 + asked.estimatedTokens();
        asked.limitAll(maxToolCalls);
        asked.rounds(maxToolCalls == 0 ? 0 : maxToolCalls + 1);
        return new Inspected(model, stream, true, maxTokens, features, tokens, Math.max(items, 0), user)
                .offering(offered)
                .beside(asked.extras());
    }

    private void field(String name) throws Invalid, IOException {
        if (body.isNull() && !name.equals("input")) {
            return;
        }
        switch (name) {
            case "model" -> {
                model = body.text();
                if (model.isBlank()) {
                    throw body.here("invalid_value", "This must not be empty.");
                }
            }
            case "input" -> input();
            case "instructions" -> {
                if (body.isArray()) {
                    body.items(_ -> new ItemRules(body, this).read());
                } else {
                    body.string();
                }
            }
            case "stream" -> stream = body.flag();
            case "max_output_tokens" -> maxTokens = body.whole(1, Long.MAX_VALUE);
            case "tools" -> tools();
            case "tool_choice" -> toolChoice();
            case "text" ->
                body.fields(inner -> {
                    if (inner.equals("format") && !body.isNull()) {
                        format();
                    } else {
                        body.skip();
                    }
                });
            case "reasoning" ->
                body.fields(inner -> {
                    if (inner.equals("effort") && !body.isNull() && !body.text().equals("none")) {
                        features.add(Feature.REASONING);
                    } else {
                        body.skip();
                    }
                });
            default -> parameter(name);
        }
    }

    private void parameter(String name) throws Invalid, IOException {
        switch (name) {
            case "temperature" -> body.number(0, 2);
            case "top_p" -> body.number(0, 1);
            case "top_logprobs" -> {
                if (body.whole(0, 20) > 0) {
                    features.add(Feature.LOGPROBS);
                }
            }
            case "parallel_tool_calls", "store" -> body.flag();
            case "background" -> {
                if (body.flag()) {
                    throw body.here(
                            "unsupported_parameter",
                            "Responses in the background are not supported here: leave this out, and stream the answer.");
                }
            }
            case "conversation" ->
                throw body.here(
                        "unsupported_parameter",
                        "Conversations are not kept here: use previous_response_id, or send the input whole.");
            case "prompt" ->
                throw body.here(
                        "unsupported_parameter", "Prompts are not kept here: send instructions and input themselves.");
            case "previous_response_id" -> {
                body.string();
                goesOn = true;
            }
            case "user" -> user = body.text();
            case "safety_identifier" -> user = user == null ? body.text() : user;
            case "service_tier" -> asked.tier(body.text());
            case "max_tool_calls" -> maxToolCalls = Math.min(body.whole(0, Long.MAX_VALUE), Long.MAX_VALUE - 1);
            case "prompt_cache_key", "truncation" -> body.string();
            case "include" ->
                body.items(_ -> {
                    if (body.text().equals("message.output_text.logprobs")) {
                        features.add(Feature.LOGPROBS);
                    }
                });
            case "metadata" -> {
                body.object();
                body.skip();
            }
            default -> body.skip();
        }
    }

    private void input() throws Invalid, IOException {
        if (body.isString()) {
            items = 1;
        } else if (body.isArray()) {
            items = body.items(_ -> new ItemRules(body, this).read());
            if (items == 0 && !goesOn) {
                throw body.here("empty_array", "This must have at least one item.");
            }
        } else {
            throw body.here("invalid_type", "This must be a string or an array of items.");
        }
    }

    /** An image, a document or a recording was met. */
    void sawMedia(Feature feature) {
        switch (feature) {
            case VISION -> asked.image();
            case AUDIO -> asked.recording();
            default -> asked.document();
        }
        features.add(feature);
    }

    /** Something that the vendor has, of whatever length. */
    void sawKept() {
        asked.document();
    }

    /** An image that nobody sent to be looked at. */
    void sawImage() {
        asked.image();
    }

    private void tools() throws Invalid, IOException {
        var names = new HashSet<String>();
        if (body.items(_ -> tool(false, names)) > 0) {
            features.add(Feature.TOOLS);
        }
    }

    private void tool(boolean nested, Set<String> names) throws Invalid, IOException {
        var type = new String[1];
        var name = new String[1];
        var large = new boolean[1];
        body.fields(field -> {
            if (body.isNull() && !field.equals("type") && !field.equals("name")) {
                return;
            }
            switch (field) {
                case "type" -> type[0] = body.text();
                case "name" -> {
                    name[0] = body.text();
                    if (name[0].isEmpty() || name[0].length() > 256) {
                        throw body.here("invalid_value", "This must have 1 to 256 characters.");
                    }
                }
                case "description" -> body.string();
                case "parameters" -> {
                    body.object();
                    body.skip();
                }
                case "strict" -> body.flag();
                case "container", "environment" -> large[0] = isOther(field);
                case "tools" -> {
                    var inner = new HashSet<String>();
                    body.items(_ -> tool(true, inner));
                }
                default -> body.skip();
            }
        });
        if (type[0] == null) {
            throw body.missing("type");
        }
        hosted(type[0], large[0]);
        if (!type[0].equals("namespace")) {
            var named = type[0].equals("function") || type[0].equals("custom");
            offered.add(named && name[0] != null ? name[0] : type[0]);
        }
        switch (type[0]) {
            case "function", "custom", "namespace" -> {
                if (name[0] == null) {
                    throw body.missing("name");
                }
                if (!names.add(name[0])) {
                    throw body.at("name", "invalid_value", "Another tool has this name.");
                }
            }
            default -> {
                if (nested) {
                    throw body.at("type", "invalid_value", "A namespace holds functions and custom tools.");
                }
            }
        }
    }

    /** Whether a place where code is to run has another price than the usual one, or none at all that is known. */
    private boolean isOther(String field) throws Invalid, IOException {
        if (!body.isObject()) {
            body.skip();
            return false;
        }
        var other = new boolean[1];
        body.fields(inner -> {
            if (inner.equals("memory_limit") && body.isString()) {
                other[0] |= !body.text().equals("1g");
            } else if (inner.equals("type") && body.isString() && field.equals("environment")) {
                other[0] |= !body.text().equals("local");
            } else {
                body.skip();
            }
        });
        return other[0];
    }

    /** What OpenAI and who speaks like it do themselves, by their kinds of tools in November 2026. */
    private void hosted(String type, boolean other) {
        if (type.startsWith("web_search_preview")) {
            asked.tool(HostedTool.WEB_SEARCH_PREVIEW, 0);
        } else if (type.startsWith("web_search")) {
            asked.tool(HostedTool.WEB_SEARCH, 0);
        } else {
            switch (type) {
                case "function",
                        "custom",
                        "namespace",
                        "tool_search",
                        "local_shell",
                        "apply_patch",
                        "computer",
                        "computer_use_preview" -> {}
                case "shell" -> {
                    if (other) {
                        asked.tool(HostedTool.OTHER, 0);
                    }
                }
                case "file_search" -> asked.tool(HostedTool.FILE_SEARCH, 0);
                case "code_interpreter" -> asked.tool(other ? HostedTool.OTHER : HostedTool.CODE, 1);
                case "image_generation" -> asked.tool(HostedTool.IMAGE, 0);
                case "mcp" -> asked.tool(HostedTool.CONTENT, 0);
                default -> asked.tool(HostedTool.OTHER, 0);
            }
        }
    }

    private void toolChoice() throws Invalid, IOException {
        if (body.isObject()) {
            body.skip();
            return;
        }
        switch (body.text()) {
            case "none", "auto", "required" -> {}
            default -> throw body.here("invalid_value", "This must be one of none, auto and required, or an object.");
        }
    }

    private void format() throws Invalid, IOException {
        var type = new String[1];
        var schema = new boolean[1];
        body.fields(name -> {
            switch (name) {
                case "type" -> type[0] = body.text();
                case "schema" -> {
                    body.object();
                    schema[0] = true;
                    body.skip();
                }
                case "name" -> body.string();
                default -> body.skip();
            }
        });
        if (type[0] == null) {
            throw body.missing("type");
        }
        if (type[0].equals("json_schema")) {
            if (!schema[0]) {
                throw body.missing("schema");
            }
            features.add(Feature.JSON_SCHEMA);
        } else if (type[0].equals("json_object")) {
            features.add(Feature.JSON_OBJECT);
        }
    }
}
