package dev.laneway.dialects.pairs;

/** Something that a client can ask for, or say. */
enum Feature {
    SYSTEM("system prompt"),
    SYSTEM_LATER("system prompt after the first turn"),
    TURNS("several turns"),
    MAX_TOKENS("limit of tokens"),
    STOP("stop sequences"),
    TEMPERATURE("temperature"),
    TOP_P("top_p"),
    TOP_K("top_k"),
    PENALTIES("penalties"),
    SEED("seed"),
    CHOICES("several answers (n)"),
    LOGPROBS("logprobs"),
    TOOLS("tools"),
    TOOL_FORCED("a tool that must be called"),
    TOOL_ANY("any tool must be called"),
    TOOL_NONE("no tool may be called"),
    TOOLS_SERIAL("no parallel calls"),
    TOOL_RESULTS("parallel calls and their results, then the user"),
    TOOL_HOSTED("a tool that the vendor runs, beside others"),
    IMAGE_DATA("image, inline"),
    IMAGE_URL("image, by URL"),
    DOCUMENT("PDF, inline"),
    JSON("some JSON object"),
    JSON_SCHEMA("JSON schema"),
    REASONING("reasoning effort"),
    REASONING_BUDGET("reasoning budget"),
    REASONING_BACK("reasoning of an earlier turn, signed"),
    CACHE("cache marks"),
    USER("end user's id"),
    UNKNOWN("a field nobody knows");

    private final String words;

    Feature(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
