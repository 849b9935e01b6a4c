package dev.laneway.testkit.wire;

import java.util.Locale;

/** Whose wire format a call speaks. */
public enum Vendor {
    OPENAI,
    ANTHROPIC,
    BEDROCK,
    OLLAMA,
    GEMINI;

    /** The name in logs and JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
