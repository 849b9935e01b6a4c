package dev.laneway.e2e;

import dev.laneway.testkit.wire.Vendor;

/** The config for the official clients: the same routes with either vendor behind. */
final class SdkConfig {
    private SdkConfig() {}

    /** {@code smart}, {@code claude} and {@code gemini} (one that demands signatures); {@code limited-*} says 429; {@code broken-*} and {@code cut-*} break within a stream;
     * {@code rescued-*} too, and are continued by the other vendor. */
    static String of(String simulator) {
        return "model_list:\n"
                + Configs.openAi("oai", "sim", simulator)
                + Configs.anthropic("ant", "sim", simulator)
                + Configs.openAi("oai-limited", "sim-fault-429~retry-after=1", simulator)
                + "    model_info: {account: limited}\n"
                + Configs.anthropic("ant-limited", "sim-fault-429~retry-after=1", simulator)
                + "    model_info: {account: limited-ant}\n"
                + Configs.openAi("oai-broken", "sim-fault-error-mid-stream~at=3", simulator)
                + Configs.anthropic("ant-broken", "sim-fault-error-mid-stream~at=3", simulator)
                + Configs.openAi("oai-cut", "sim-fault-cut~at=3", simulator)
                + Configs.anthropic("ant-cut", "sim-fault-cut~at=3", simulator)
                + Configs.gemini("gem", "gemini-3-sim", simulator)
                + Configs.gemini("gem-limited", "sim-fault-429~retry-after=1", simulator)
                + "    model_info: {account: limited-gem}\n"
                + Configs.gemini("gem-broken", "sim-fault-error-mid-stream~at=3", simulator)
                + Configs.gemini("gem-cut", "sim-fault-cut~at=3", simulator)
                + Configs.gemini("gem-rescued", "gemini-3-sim-fault-cut~at=5", simulator)
                + Configs.gemini("gem-blocked", "sim-fault-content-policy", simulator)
                + Configs.openAi("oai-rescued", "sim-fault-cut~at=5", simulator)
                + Configs.anthropic("ant-rescued", "sim-fault-cut~at=5", simulator)
                + Configs.openAi("resp", "responses/sim", simulator)
                + Configs.openAi("resp-limited", "responses/sim-fault-429~retry-after=1", simulator)
                + "    model_info: {account: limited-resp}\n"
                + Configs.openAi("resp-broken", "responses/sim-fault-error-mid-stream~at=3", simulator)
                + Configs.openAi("resp-cut", "responses/sim-fault-cut~at=3", simulator)
                + Configs.openAi("resp-rescued", "responses/sim-fault-cut~at=5", simulator)
                + """
                lanes:
                  premium: {privacy: cloud_allowed}
                routes:
                  smart: {lane: premium, chain: [oai]}
                  claude: {lane: premium, chain: [ant]}
                  native: {lane: premium, chain: [resp]}
                  limited-native: {lane: premium, chain: [resp-limited]}
                  broken-native: {lane: premium, chain: [resp-broken]}
                  cut-native: {lane: premium, chain: [resp-cut]}
                  rescued-native: {lane: premium, chain: [resp-rescued, ant], continue_streams: true}
                  gemini: {lane: premium, chain: [gem]}
                  limited-gemini: {lane: premium, chain: [gem-limited]}
                  broken-gemini: {lane: premium, chain: [gem-broken]}
                  cut-gemini: {lane: premium, chain: [gem-cut]}
                  blocked-gemini: {lane: premium, chain: [gem-blocked]}
                  rescued-gemini: {lane: premium, chain: [gem-rescued, gem], continue_streams: true}
                  limited-smart: {lane: premium, chain: [oai-limited]}
                  limited-claude: {lane: premium, chain: [ant-limited]}
                  broken-smart: {lane: premium, chain: [oai-broken]}
                  broken-claude: {lane: premium, chain: [ant-broken]}
                  cut-smart: {lane: premium, chain: [oai-cut]}
                  cut-claude: {lane: premium, chain: [ant-cut]}
                  rescued-smart: {lane: premium, chain: [oai-rescued, ant], continue_streams: true}
                  rescued-claude: {lane: premium, chain: [ant-rescued, oai], continue_streams: true}
                router_settings: {num_retries: 0}
                litellm_settings: {request_timeout: 30}
                """;
    }

    /** Whose deployment a route has. */
    static Vendor vendor(String route) {
        return switch (route) {
            case "claude" -> Vendor.ANTHROPIC;
            case "gemini" -> Vendor.GEMINI;
            default -> Vendor.OPENAI;
        };
    }
}
