package dev.laneway.dialects.openai;

import dev.laneway.contracts.Feature;
import dev.laneway.contracts.HostedTool;
import dev.laneway.dialects.AskedTally;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.json.BodyReader;
import dev.laneway.dialects.json.BodyReader.Invalid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code CreateChatCompletionRequest} demands, so far as every vendor does. Content parts, tools and response formats of a
 * kind unknown here pass, and so does every unknown field. A null counts as absent.
 */
final class RequestRules {
    private final BodyReader body;
    private final List<String> tags = new ArrayList<>(0);
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private final Set<String> offered = new HashSet<>();
    private final @Nullable String addressed;
    private @Nullable String model;
    private boolean stream;
    private boolean streamOptions;
    private boolean includeUsage;
    private long maxTokens;
    private int messages = -1;
    private final AskedTally asked = new AskedTally();
    private long choices = 1;
    private @Nullable String user;

    /** @param addressed the model that the request's address names, whatever the body says; null where it names none */
    RequestRules(BodyReader body, @Nullable String addressed) {
        this.body = body;
        this.addressed = addressed;
    }

    Inspected read(int bodyBytes) throws Invalid, IOException {
        body.distinctFields(this::field);
        model = addressed == null ? model : addressed;
        if (model == null) {
            throw body.missing("model");
        }
        if (messages < 0) {
            throw body.missing("messages");
        }
        if (streamOptions && !stream) {
            throw body.at("stream_options", "invalid_value", "This is allowed only when stream is true.");
        }
        var tokens = (bodyBytes - body.mediaBytes()) / 4 + asked.estimatedTokens();
        // nobody limits what other vendors do by themselves
        asked.rounds(0);
        return new Inspected(model, stream, includeUsage, maxTokens, features, tokens, messages, user, choices)
                .withTags(tags)
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
                if (addressed == null && model.isBlank()) {
                    throw body.here("invalid_value", "This must not be empty.");
                }
            }
            case "messages" -> {
                messages = body.items(_ -> message());
                if (messages == 0) {
                    throw body.here("empty_array", "This must have at least one message.");
                }
            }
            case "stream" -> stream = body.flag();
            case "stream_options" -> {
                streamOptions = true;
                body.fields(this::streamOption);
            }
            case "max_tokens", "max_completion_tokens" -> {
                var limit = body.whole(1, Long.MAX_VALUE);
                maxTokens = Math.max(maxTokens, limit); // of two, nobody knows which one the vendor goes by
            }
            case "tools" -> tools();
            case "functions" -> {
                if (body.items(_ -> function(new HashSet<>())) > 0) {
                    features.add(Feature.TOOLS);
                }
            }
            case "tool_choice" -> toolChoice();
            case "response_format" -> responseFormat();
            case "stop" -> stop();
            default -> parameter(name);
        }
    }

    private void parameter(String name) throws Invalid, IOException {
        switch (name) {
            case "temperature" -> body.number(0, 2);
            case "top_p" -> body.number(0, 1);
            case "frequency_penalty", "presence_penalty" -> body.number(-2, 2);
            case "n" -> {
                choices = body.whole(1, 128);
                if (choices > 1) {
                    features.add(Feature.MULTIPLE_CHOICES);
                }
            }
            case "seed" -> body.whole(Long.MIN_VALUE, Long.MAX_VALUE);
            case "logprobs" -> {
                if (body.flag()) {
                    features.add(Feature.LOGPROBS);
                }
            }
            case "top_logprobs" -> body.whole(0, 20);
            case "parallel_tool_calls", "store" -> body.flag();
            case "reasoning_effort" -> {
                if (!body.text().equals("none")) {
                    features.add(Feature.REASONING);
                }
            }
            case "user" -> user = body.text();
            case "service_tier" -> asked.tier(body.text());
            case "verbosity", "safety_identifier", "prompt_cache_key" -> body.string();
            case "web_search_options" -> {
                offered.add("web_search");
                searchOptions();
            }
            // OpenRouter's, who bills them beside tokens
            case "plugins" -> {
                if (!body.isArray()) {
                    body.skip();
                    plugin("plugins");
                } else {
                    body.items(_ -> plugin());
                }
            }
            case "metadata" -> body.fields(this::metadatum);
            case "logit_bias" -> {
                body.object();
                body.skip();
            }
            case "modalities" ->
                body.items(_ -> {
                    if (body.text().equals("audio")) {
                        features.add(Feature.AUDIO);
                    }
                });
            default -> body.skip();
        }
    }

    private void plugin() throws Invalid, IOException {
        var id = new String[] {"plugins"};
        if (body.isObject()) {
            body.fields(name -> {
                if (name.equals("id") && body.isString()) {
                    id[0] = body.text();
                } else {
                    body.skip();
                }
            });
        } else {
            body.skip();
        }
        plugin(id[0]);
    }

    private void plugin(String id) {
        offered.add(id);
        asked.tool(HostedTool.OTHER, 0);
    }

    /** LiteLLM's clients say here whom a request is to be counted for; whatever else it may be is the vendor's. */
    private void metadatum(String name) throws Invalid, IOException {
        if (name.equals("tags") && body.isArray()) {
            body.items(_ -> {
                if (body.isString()) {
                    tags.add(body.text());
                } else {
                    body.skip();
                }
            });
        } else {
            body.skip();
        }
    }

    private void streamOption(String name) throws Invalid, IOException {
        if (name.equals("include_usage") && !body.isNull()) {
            includeUsage = body.flag();
        } else {
            body.skip();
        }
    }

    private void stop() throws Invalid, IOException {
        if (body.isString()) {
            return;
        }
        if (!body.isArray()) {
            throw body.here("invalid_type", "This must be a string or an array of strings.");
        }
        body.items(index -> {
            body.string();
            if (index == 4) {
                throw body.here("array_too_long", "There may be at most 4 stop sequences.");
            }
        });
    }

    private void message() throws Invalid, IOException {
        new MessageRules(body, this).read();
    }

    /** How much a search is to bring: OpenAI's search models take the same for any of it, Perplexity does not. */
    private void searchOptions() throws Invalid, IOException {
        if (!body.isObject()) {
            body.skip();
            return;
        }
        body.fields(name -> {
            if (name.equals("search_context_size") && body.isString()) {
                switch (body.text()) {
                    case "medium" -> asked.tool(HostedTool.MEDIUM_SEARCH, 1);
                    case "high" -> asked.tool(HostedTool.LARGE_SEARCH, 1);
                    default -> {}
                }
            } else if (name.equals("search_type") && body.isString()) {
                // Perplexity's searches in several steps, of another price
                if (!body.text().equals("fast")) {
                    asked.tool(HostedTool.OTHER, 0);
                }
            } else {
                body.skip();
            }
        });
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

    /** A moving picture was met. */
    void sawVideo() {
        asked.video();
    }

    /** A recording of an earlier answer was met. */
    void sawSaid() {
        asked.recording();
    }

    private void tools() throws Invalid, IOException {
        var names = new HashSet<String>();
        if (body.items(_ -> tool(names)) > 0) {
            features.add(Feature.TOOLS);
        }
    }

    private void tool(Set<String> names) throws Invalid, IOException {
        var type = new String[1];
        var function = new boolean[1];
        body.fields(name -> {
            switch (name) {
                case "type" -> type[0] = body.text();
                case "function" -> {
                    function[0] = true;
                    function(names);
                }
                case "custom" -> custom();
                default -> body.skip();
            }
        });
        if (type[0] == null) {
            throw body.missing("type");
        }
        if (type[0].equals("function") && !function[0]) {
            throw body.missing("function");
        }
        if (!function[0] && !type[0].equals("custom")) {
            asked.tool(HostedTool.OTHER, 0);
            offered.add(type[0]);
        }
    }

    private void custom() throws Invalid, IOException {
        if (!body.isObject()) {
            body.skip();
            return;
        }
        body.fields(name -> {
            if (name.equals("name") && body.isString()) {
                offered.add(body.text());
            } else {
                body.skip();
            }
        });
    }

    private void function(Set<String> names) throws Invalid, IOException {
        var named = new boolean[1];
        body.fields(name -> {
            if (body.isNull() && !name.equals("name")) {
                return;
            }
            switch (name) {
                case "name" -> {
                    named[0] = true;
                    var function = body.text();
                    if (function.isEmpty() || function.length() > 256) {
                        throw body.here("invalid_value", "This must have 1 to 256 characters.");
                    }
                    if (!names.add(function)) {
                        throw body.here("invalid_value", "Another tool has this name.");
                    }
                    offered.add(function);
                }
                case "description" -> body.string();
                case "parameters" -> {
                    body.object();
                    body.skip();
                }
                case "strict" -> body.flag();
                default -> body.skip();
            }
        });
        if (!named[0]) {
            throw body.missing("name");
        }
    }

    private void toolChoice() throws Invalid, IOException {
        if (body.isObject()) {
            body.skip();
            return;
        }
        switch (body.text()) {
            case "none", "auto", "required", "any" -> {}
            default -> throw body.here("invalid_value", "This must be one of none, auto and required, or an object.");
        }
    }

    private void responseFormat() throws Invalid, IOException {
        var type = new String[1];
        var schema = new boolean[1];
        body.fields(name -> {
            switch (name) {
                case "type" -> type[0] = body.text();
                case "json_schema" -> {
                    schema[0] = true;
                    body.fields(inner -> {
                        if (inner.equals("schema") && !body.isNull()) {
                            body.object();
                        } else if (inner.equals("name")) {
                            body.string();
                        }
                        body.skip();
                    });
                }
                default -> body.skip();
            }
        });
        if (type[0] == null) {
            throw body.missing("type");
        }
        if (type[0].equals("json_schema")) {
            if (!schema[0]) {
                throw body.missing("json_schema");
            }
            features.add(Feature.JSON_SCHEMA);
        } else if (type[0].equals("json_object")) {
            features.add(Feature.JSON_OBJECT);
        }
    }
}
