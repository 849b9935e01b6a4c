package dev.laneway.e2e;

/** Config files of the tests. */
final class Configs {
    /** What the simulator charges. */
    private static final String PRICES = "input_cost_per_token: 0.000001, output_cost_per_token: 0.000004,"
            + " cache_read_input_token_cost: 0.00000025, cache_creation_input_token_cost: 0.00000125,"
            + " input_cost_per_token_flex: 0.0000005, output_cost_per_token_flex: 0.000002,"
            + " cache_read_input_token_cost_flex: 0.000000125, input_cost_per_token_priority: 0.000002,"
            + " output_cost_per_token_priority: 0.000008, cache_read_input_token_cost_priority: 0.0000005,"
            + " input_cost_per_audio_token: 0.000032, output_cost_per_audio_token: 0.000064,"
            + " web_search_cost_per_use: 0.01";

    private Configs() {}

    /**
     * Deployments, lanes and routes: {@code smart} (OpenAI), {@code claude} (Anthropic), {@code secure} (local), {@code
     * home-first} (local, then approved cloud), {@code survive-503} (falls back to {@code smart}'s deployment), and streams of
     * several speeds.
     */
    static String of(String simulator) {
        StringBuilder models = new StringBuilder("model_list:\n");
        StringBuilder routes = new StringBuilder("routes:\n");
        models.append(openAi("oai", "sim", simulator));
        models.append(openAi("roomy", "sim~context=1000000", simulator));
        models.append(anthropic("ant", "sim", simulator));
        models.append(openAi("res", "sim", simulator).replace("openai/", "openai_responses/"));
        models.append(local("home", "sim", simulator));
        models.append(local("home-down", "sim-fault-500", simulator));
        models.append(openAi("paced", "sim~ttft=30~gap=20~chunks=40", simulator));
        models.append(openAi("slow-start", "sim~ttft=16500", simulator)
                .replace("timeout: 3", "timeout: 25")
                .replace("stream_timeout: 2", "stream_timeout: 25"));
        models.append(openAi("endless", "sim~gap=50~chunks=2000", simulator));
        routes.append("  smart: {lane: premium, chain: [oai]}\n");
        routes.append("  roomy: {lane: premium, chain: [roomy]}\n");
        routes.append("  claude: {lane: premium, chain: [ant]}\n");
        routes.append("  responses: {lane: premium, chain: [res]}\n");
        routes.append("  secure: {lane: private, chain: [home]}\n");
        routes.append("  home-first: {lane: routine, chain: [home-down, oai]}\n");
        routes.append("  paced: {lane: premium, chain: [paced]}\n");
        routes.append("  slow-start: {lane: premium, chain: [slow-start]}\n");
        routes.append("  endless: {lane: premium, chain: [endless]}\n");
        models.append(openAi("oai-503", "sim-fault-503", simulator));
        routes.append("  survive-503: {lane: coding, chain: [oai-503, oai]}\n");
        return models + """
                lanes:
                  private: {privacy: local_only, purpose: "nothing of it leaves"}
                  routine: {privacy: local_first, approved: [oai], weight: 2}
                  coding: {privacy: cloud_allowed}
                  premium: {privacy: cloud_allowed}
                """ + routes + """
                router_settings: {num_retries: 0}
                litellm_settings: {request_timeout: 30}
                """;
    }

    static String openAi(String name, String model, String simulator) {
        return """
                  - model_name: %s
                    litellm_params: {model: "openai/%s", api_base: "%s/v1", api_key: os.environ/SIM_KEY, %s, timeout: 3, stream_timeout: 2}
                """.formatted(name, model, simulator, PRICES);
    }

    static String anthropic(String name, String model, String simulator) {
        return """
                  - model_name: %s
                    litellm_params: {model: "anthropic/%s", api_base: "%s", api_key: os.environ/SIM_KEY, %s, timeout: 3, stream_timeout: 2}
                """.formatted(name, model, simulator, PRICES);
    }

    static String gemini(String name, String model, String simulator) {
        return """
                  - model_name: %s
                    litellm_params: {model: "gemini/%s", api_base: "%s", api_key: os.environ/SIM_KEY, %s, timeout: 3, stream_timeout: 2}
                """.formatted(name, model, simulator, PRICES);
    }

    static String local(String name, String model, String simulator) {
        return """
                  - model_name: %s
                    litellm_params: {model: "hosted_vllm/%s", api_base: "%s/v1", api_key: os.environ/SIM_KEY, timeout: 3, stream_timeout: 2}
                    model_info: {zone: local}
                """.formatted(name, model, simulator);
    }
}
