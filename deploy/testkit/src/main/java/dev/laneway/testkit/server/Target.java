package dev.laneway.testkit.server;

import dev.laneway.testkit.wire.Vendor;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What a vendor's path means. Any prefix may stand before it, so that any vendor's base URL can be imitated. */
enum Target {
    CHAT("/chat/completions", "POST", Vendor.OPENAI),
    RESPONSES("/responses", "POST", Vendor.OPENAI),
    COMPLETIONS("/completions", "POST", Vendor.OPENAI),
    OLLAMA_EMBED("/api/embed", "POST", Vendor.OLLAMA),
    OLLAMA_EMBEDDINGS("/api/embeddings", "POST", Vendor.OLLAMA),
    EMBEDDINGS("/embeddings", "POST", Vendor.OPENAI),
    MESSAGES("/messages", "POST", Vendor.ANTHROPIC),
    COUNT_TOKENS("/messages/count_tokens", "POST", Vendor.ANTHROPIC),
    RAW_PREDICT(":rawPredict", "POST", Vendor.ANTHROPIC),
    STREAM_RAW_PREDICT(":streamRawPredict", "POST", Vendor.ANTHROPIC),
    CONVERSE("/converse", "POST", Vendor.BEDROCK),
    CONVERSE_STREAM("/converse-stream", "POST", Vendor.BEDROCK),
    INVOKE("/invoke", "POST", Vendor.BEDROCK),
    GENERATE(":generateContent", "POST", Vendor.GEMINI),
    STREAM_GENERATE(":streamGenerateContent", "POST", Vendor.GEMINI),
    COUNT_CONTENT(":countTokens", "POST", Vendor.GEMINI),
    MODELS("/models", "GET", Vendor.OPENAI),
    OLLAMA_CHAT("/api/chat", "POST", Vendor.OLLAMA),
    OLLAMA_GENERATE("/api/generate", "POST", Vendor.OLLAMA),
    OLLAMA_SHOW("/api/show", "POST", Vendor.OLLAMA),
    OLLAMA_TAGS("/api/tags", "GET", Vendor.OLLAMA),
    OLLAMA_LOADED("/api/ps", "GET", Vendor.OLLAMA),
    OLLAMA_VERSION("/api/version", "GET", Vendor.OLLAMA),
    UNKNOWN("", "", Vendor.OPENAI);

    private static final Target[] ALL = values();

    private final String suffix;
    private final String method;
    private final Vendor vendor;

    Target(String suffix, String method, Vendor vendor) {
        this.suffix = suffix;
        this.method = method;
        this.vendor = vendor;
    }

    /** The target of a path; a model's own page ({@code /models/ID}) belongs to the models. */
    static Target of(String method, String path) {
        for (Target target : ALL) {
            if (target.method.equals(method) && path.endsWith(target.suffix)) {
                return target;
            }
        }
        return method.equals("GET") && path.contains("/models/") ? MODELS : UNKNOWN;
    }

    /** Whose words a call is answered in. */
    Vendor vendor(HttpServerRequest request) {
        if (this != MODELS && this != UNKNOWN) {
            return vendor;
        }
        if (request.path().contains("/v1beta/") || request.headers().contains("x-goog-api-key")) {
            return Vendor.GEMINI;
        }
        return this == MODELS && request.headers().contains("anthropic-version") ? Vendor.ANTHROPIC : vendor;
    }

    /** Whether Google's way of naming a model by the path is the only one. */
    boolean named() {
        return vendor == Vendor.GEMINI || this == RAW_PREDICT || this == STREAM_RAW_PREDICT;
    }

    /** The model that Google's path names: {@code /v1beta/models/NAME:generateContent}. */
    static String model(String path) {
        int from = path.lastIndexOf("/models/");
        int to = path.lastIndexOf(':');
        return from < 0 || to < from
                ? ""
                : URLDecoder.decode(path.substring(from + "/models/".length(), to), StandardCharsets.UTF_8);
    }
}
