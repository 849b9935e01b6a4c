package dev.laneway.dialects.bedrock;

import dev.laneway.dialects.Target;
import dev.laneway.dialects.anthropic.ClaudeModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a model's id tells of what it takes: {@code us.anthropic.claude-sonnet-4-5-20250929-v1:0}, {@code amazon.nova-pro-v1:0}, or the ARN
 * of an inference profile, which may tell nothing.
 */
record BedrockModel(Make make, ClaudeModel claude) {
    enum Make {
        CLAUDE,
        NOVA,
        GPT_OSS,
        OTHER,
        /** An operator's own name for a model: it may be of any make. */
        UNTOLD
    }

    static BedrockModel of(String model) {
        var id = id(model).toLowerCase(Locale.ROOT);
        return new BedrockModel(make(id), ClaudeModel.of(id));
    }

    /** The id without LiteLLM's word for the API. */
    static String id(String model) {
        return model.startsWith("converse/") ? model.substring("converse/".length()) : model;
    }

    /** Where a target's model is asked to do something. Ids have colons, and ARNs slashes: they are one segment of the path. */
    static String url(Target target, String verb) {
        var id = URLEncoder.encode(id(target.model()), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
        return target.baseUrl() + "/model/" + id + "/" + verb;
    }

    private static Make make(String id) {
        if (id.contains("claude")) {
            return Make.CLAUDE;
        }
        if (id.contains("nova")) {
            return Make.NOVA;
        }
        if (id.contains("gpt-oss")) {
            return Make.GPT_OSS;
        }
        return id.startsWith("arn:") && !id.contains("foundation-model") ? Make.UNTOLD : Make.OTHER;
    }

    boolean isClaude() {
        return make == Make.CLAUDE;
    }

    /** Whether marks of a prompt's cacheable beginning are taken. */
    boolean takesCachePoints() {
        return switch (make) {
            case CLAUDE, NOVA, UNTOLD -> true;
            case GPT_OSS, OTHER -> false;
        };
    }

    boolean takesSampling() {
        return !isClaude() || claude.takesSampling();
    }

    boolean takesBothSamplings() {
        return !isClaude() || claude.takesBothSamplings();
    }

    /** Claude's older models take none; of other makes, the API says so itself. */
    boolean takesSchemas() {
        return !isClaude() || claude.takesSchemas();
    }

    boolean takesPrefill() {
        return isClaude() && claude.takesPrefill();
    }
}
