package dev.laneway.testkit.openai;

/** Whose variant of the format is spoken. */
enum Flavour {
    /** OpenAI itself and those that follow it closely. */
    OPENAI,
    /** Azure OpenAI: content filter results everywhere, and first a chunk with nothing else. */
    AZURE,
    /** DeepSeek: shows its reasoning as {@code reasoning_content} and tells usage with the finish reason. */
    DEEPSEEK;

    /** By the path that a caller takes, or the name of the model. */
    static Flavour of(String path, String model) {
        if (path.contains("/openai/deployments/") || path.startsWith("/azure/")) {
            return AZURE;
        }
        return path.startsWith("/deepseek/") || model.startsWith("deepseek") ? DEEPSEEK : OPENAI;
    }
}
