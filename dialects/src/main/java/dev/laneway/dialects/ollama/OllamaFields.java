package dev.laneway.dialects.ollama;

import java.util.Set;

/** Where Ollama's own fields stand in a {@code ChatRequest}: options are one level further down than in other dialects. */
public final class OllamaFields {
    private static final Set<String> TOP_LEVEL = Set.of("keep_alive", "think", "format", "truncate", "shift");

    private static final Set<String> OPTIONS = Set.of(
            "temperature",
            "top_k",
            "top_p",
            "min_p",
            "typical_p",
            "seed",
            "stop",
            "presence_penalty",
            "frequency_penalty",
            "repeat_penalty",
            "repeat_last_n",
            "num_keep",
            "num_ctx",
            "num_batch",
            "num_gpu",
            "num_thread",
            "main_gpu",
            "use_mmap");

    private OllamaFields() {}

    /** Whether a field of that name stands at the top. */
    public static boolean isTopLevel(String name) {
        return TOP_LEVEL.contains(name);
    }

    /** Whether a field of that name is an option. */
    public static boolean isOption(String name) {
        return OPTIONS.contains(name);
    }
}
