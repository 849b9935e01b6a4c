package dev.laneway.dialects.providers;

/** In what a vendor departs from the dialect it speaks. */
public enum Quirk {
    /** Knows {@code max_tokens} only: {@code max_completion_tokens} is renamed. */
    MAX_TOKENS_ONLY,
    /** Refuses {@code stream_options}; its streams report usage unasked, or not at all. */
    NO_STREAM_OPTIONS,
    /** Knows no {@code developer} role: it becomes {@code system}. */
    NO_DEVELOPER_ROLE,
    /**
     * Refuses messages, parts and tools with fields that OpenAI does not have: {@code reasoning_content} and {@code
     * thinking_blocks} of other vendors' answers, {@code cache_control}.
     */
    STRICT_MESSAGES,
    /** Takes ids of calls of nine letters and digits only. */
    NINE_LETTER_CALL_IDS,
    /** Refuses {@code user}. */
    NO_USER,
    /** Takes {@code reasoning_effort} for any model, and ignores it where the model can't reason. */
    TAKES_REASONING_EFFORT,
    /** Reads {@code cache_control} marks on content parts, as Anthropic has them. */
    READS_CACHE_CONTROL,
    /** Reads {@code prompt_cache_breakpoint} marks on content parts. */
    READS_CACHE_BREAKPOINTS,
    /** Wants the reasoning of earlier turns back as {@code reasoning_content}. */
    WANTS_REASONING_BACK,
    /** Has a path for each deployment, and its API's version as a parameter, as Azure OpenAI does. */
    AZURE_PATHS,
    /**
     * Google's Vertex AI: models lie under a project, a location and a publisher; Gemini's calls of functions have no ids, and Claude is
     * named by the path alone.
     */
    VERTEX,
    /** Adds {@code /v1} to the base URL unless it is there: users state the server's root. */
    ROOT_BASE_URL,
    /** Has the legacy {@code /completions} beside chat, for the same models. */
    COMPLETIONS,
    /** Has no embeddings. */
    NO_EMBEDDINGS,
    /** Writes vectors as base64 where asked to; of any other vendor it is not asked, but made here. */
    BASE64_EMBEDDINGS,
    /** Makes embeddings at Cohere's own address, {@code /v2/embed}. */
    EMBEDS_AS_COHERE
}
