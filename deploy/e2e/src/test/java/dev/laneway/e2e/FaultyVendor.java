package dev.laneway.e2e;

/** The formats of vendors that fail. */
enum FaultyVendor {
    OPENAI("openai/%s", "/v1", ""),
    ANTHROPIC("anthropic/%s", "", ""),
    RESPONSES("openai/responses/%s", "/v1", ""),
    GEMINI("gemini/%s", "/v1beta", ""),
    OLLAMA("ollama/%s", "", ""),
    BEDROCK("bedrock/%s", "", ", aws_region_name: us-east-1");

    private final String model;
    private final String path;
    private final String more;

    FaultyVendor(String model, String path, String more) {
        this.model = model;
        this.path = path;
        this.more = more;
    }

    /** Whether clients of the same format and of others are tried before it, with each way on; of the others only that they are understood. */
    boolean isTriedInFull() {
        return this == OPENAI || this == ANTHROPIC;
    }

    /** An entry of {@code model_list}, without {@code model_info}. */
    String deployment(String name, String simulated, String simulator, int seconds) {
        return """
                  - model_name: %s
                    litellm_params: {model: "%s", api_base: "%s%s", api_key: os.environ/SIM_KEY%s, timeout: %d, stream_timeout: %d}
                """.formatted(name, model.formatted(simulated), simulator, path, more, seconds, seconds);
    }
}
