package dev.laneway.testkit.answers;

/** How a vendor caches prompts. */
public enum Caching {
    /** By itself, in steps of 128 tokens; writing costs nothing (OpenAI). */
    AUTOMATIC,
    /** Where the caller marks it; what is written is counted (Anthropic). */
    MARKED
}
