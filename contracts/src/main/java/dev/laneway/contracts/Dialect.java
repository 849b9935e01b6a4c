package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonValue;

/** A wire format that clients and vendors speak. */
public enum Dialect implements VendorDialect {
    OPENAI_CHAT("openai-chat"),
    ANTHROPIC_MESSAGES("anthropic-messages"),
    OPENAI_RESPONSES("openai-responses"),
    OLLAMA_CHAT("ollama-chat"),
    /** What clients ask for without a conversation; no vendor is called by it, Ollama neither. */
    OLLAMA_GENERATE("ollama-generate");

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
}
