package dev.laneway.runtime.catalogue;

import java.util.Optional;

/** What a model can be asked for. */
public enum Capability {
    TOOLS("tools", "function_calling"),
    VISION("vision", "vision"),
    JSON("json", "response_schema"),
    REASONING("reasoning", "reasoning"),
    CACHE("cache", "prompt_caching"),
    AUDIO("audio", "audio_input"),
    PDF("pdf", "pdf_input"),
    WEB("web", "web_search");

    private final String word;
    private final String configName;

    Capability(String word, String configName) {
        this.word = word;
        this.configName = configName;
    }

    /** As a catalogue file spells it. */
    public String word() {
        return word;
    }

    /** As {@code model_info} spells it behind {@code supports_}. */
    public String configName() {
        return configName;
    }

    static Optional<Capability> ofWord(String word) {
        for (Capability one : values()) {
            if (one.word.equals(word)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
