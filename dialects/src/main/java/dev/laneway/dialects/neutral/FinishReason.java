package dev.laneway.dialects.neutral;

/** Why a model stopped. */
public enum FinishReason {
    STOP,
    /** One of the request's stop sequences came up. */
    STOP_SEQUENCE,
    LENGTH,
    TOOL_CALLS,
    /** The vendor's filter cut the answer. */
    CONTENT_FILTER,
    /** The model, or a classifier before it, declined. */
    REFUSAL,
    /** A long turn was interrupted by the vendor, to be continued by sending it back. */
    PAUSED,
    /** The answer filled the model's context window. */
    CONTEXT_WINDOW
}
