package dev.laneway.dialects.openai;

import dev.laneway.contracts.Feature;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.json.BodyReader;
import dev.laneway.dialects.json.BodyReader.Invalid;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code CreateCompletionRequest} demands, so far as every vendor does. Unknown fields pass; a null counts as absent. */
final class CompletionRules {
    private static final int BYTES_PER_TOKEN = 4;

    private final BodyReader body;
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private final @Nullable String addressed;
    private @Nullable String model;
    private @Nullable String user;
    private boolean stream;
    private boolean streamOptions;
    private boolean includeUsage;
    private long maxTokens;
    private long choices = 1;
    /** Of which the vendor sends the best, and bills all. */
    private long written = 1;

    private int prompts;

    /** @param addressed the model that the request's address names, whatever the body says; null where it names none */
    CompletionRules(BodyReader body, @Nullable String addressed) {
        this.body = body;
        this.addressed = addressed;
    }

    Inspected read(int bodyBytes) throws Invalid, IOException {
        body.distinctFields(this::field);
        model = addressed == null ? model : addressed;
        if (model == null) {
            throw body.missing("model");
        }
        if (prompts == 0) {
            throw body.missing("prompt");
        }
        if (streamOptions && !stream) {
            throw body.at("stream_options", "invalid_value", "This is allowed only when stream is true.");
        }
        return new Inspected(
                model,
                stream,
                includeUsage,
                maxTokens,
                features,
                bodyBytes / BYTES_PER_TOKEN,
                prompts,
                user,
                Math.max(choices, written) * prompts);
    }

    private void field(String name) throws Invalid, IOException {
        if (body.isNull()) {
            return;
        }
        switch (name) {
            case "model" -> {
                model = body.text();
                if (addressed == null && model.isBlank()) {
                    throw body.here("invalid_value", "This must not be empty.");
                }
            }
            case "prompt" -> prompt();
            case "stream" -> stream = body.flag();
            case "stream_options" -> {
                streamOptions = true;
                body.fields(option -> {
                    if (option.equals("include_usage") && !body.isNull()) {
                        includeUsage = body.flag();
                    } else {
                        body.skip();
                    }
                });
            }
            case "max_tokens" -> maxTokens = body.whole(0, Long.MAX_VALUE);
            case "n" -> {
                choices = body.whole(1, 128);
                if (choices > 1) {
                    features.add(Feature.MULTIPLE_CHOICES);
                }
            }
            case "logprobs" -> {
                body.whole(0, 20);
                features.add(Feature.LOGPROBS);
            }
            default -> parameter(name);
        }
    }

    private void parameter(String name) throws Invalid, IOException {
        switch (name) {
            case "temperature" -> body.number(0, 2);
            case "top_p" -> body.number(0, 1);
            case "frequency_penalty", "presence_penalty" -> body.number(-2, 2);
            case "best_of" -> written = body.whole(1, 128);
            case "seed" -> body.whole(Long.MIN_VALUE, Long.MAX_VALUE);
            case "echo" -> body.flag();
            case "suffix" -> body.string();
            case "user" -> user = body.text();
            case "stop" -> {
                if (!body.isString()) {
                    body.items(_ -> body.string());
                }
            }
            case "logit_bias" -> {
                body.object();
                body.skip();
            }
            default -> body.skip();
        }
    }

    /** A text, texts, tokens, or lists of tokens. */
    private void prompt() throws Invalid, IOException {
        if (body.isString()) {
            prompts = 1;
        } else if (body.isArray()) {
            var lists = new int[1];
            var count = body.items(_ -> {
                if (body.isArray()) {
                    body.items(_ -> body.whole(0, Integer.MAX_VALUE));
                } else if (!body.isString()) {
                    body.whole(0, Integer.MAX_VALUE);
                    lists[0] = 1;
                }
            });
            if (count == 0) {
                throw body.here("empty_array", "This must have at least one prompt.");
            }
            prompts = lists[0] == 1 ? 1 : count;
        } else {
            throw body.here("invalid_type", "This must be a string, or an array of strings or of tokens.");
        }
    }
}
