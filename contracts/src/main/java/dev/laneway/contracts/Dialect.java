package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonValue;

/** A wire format that clients and vendors speak. */
public enum Dialect implements VendorDialect {
    OPENAI_CHAT("openai-chat"),
    ANTHROPIC_MESSAGES("anthropic-messages"),
    OPENAI_RESPONSES("openai-responses"),
    GEMINI("gemini"),
    OLLAMA_CHAT("ollama-chat"),
    /** What clients ask for without a conversation; no vendor is called by it, Ollama neither. */
    OLLAMA_GENERATE("ollama-generate"),
    /** The API before chat: a prompt in, its continuation out. */
    OPENAI_COMPLETIONS("openai-completions"),
    OPENAI_EMBEDDINGS("openai-embeddings"),
    /** Ollama's embeddings, in its present and its former form. */
    OLLAMA_EMBED("ollama-embed");

    private final String id;

    Dialect(String id) {
        this.id = id;
    }

    /** The word used in JSON, metrics and provider rows. */
    @Override
    @JsonValue
    public String id() {
        return id;
    }

    /** Whether vectors are asked for, of many inputs at once, and not words. */
    public boolean embeds() {
        return switch (this) {
            case OPENAI_EMBEDDINGS, OLLAMA_EMBED -> true;
            case OPENAI_CHAT,
                    ANTHROPIC_MESSAGES,
                    OPENAI_RESPONSES,
                    OLLAMA_CHAT,
                    OLLAMA_GENERATE,
                    OPENAI_COMPLETIONS,
                    GEMINI -> false;
        };
    }
}
