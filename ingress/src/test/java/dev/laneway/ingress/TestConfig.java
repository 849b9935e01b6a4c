package dev.laneway.ingress;

import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Providers;
import java.util.Collection;
import java.util.Map;

/** Configs of tests, as an operator writes them. */
final class TestConfig {
    static final String ROUTES = """
            model_list:
              - model_name: home-llama
                litellm_params: {model: ollama/llama3.2, api_base: "http://127.0.0.1:11434"}
              - model_name: claude
                litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: os.environ/ANTHROPIC_API_KEY}
            lanes:
              private: {privacy: local_only, purpose: "what stays"}
              premium: {privacy: cloud_allowed, purpose: "the best"}
            routes:
              secure: {lane: private, chain: [home-llama]}
              smart: {lane: premium, chain: [claude, home-llama], purpose: "hard questions"}
            """;

    private TestConfig() {}

    /** Routes {@code smart} (lane premium, zone cloud) and {@code secure} (lane private, zone local). */
    static GatewayConfig routes() {
        return load(ROUTES);
    }

    /** The same with further blocks. */
    static GatewayConfig routesAnd(String blocks) {
        return load(ROUTES + blocks);
    }

    static GatewayConfig load(String text) {
        Environment environment = Environment.of(Map.of("ANTHROPIC_API_KEY", "sk-ant-test"));
        return switch (new ConfigLoader(providers(), false).parse(text, "test.yaml", environment)) {
            case ConfigResult.Valid valid -> valid.config();
            case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.problems());
        };
    }

    private static Providers providers() {
        return new Providers() {
            @Override
            public ProviderRow find(String prefix) {
                return ProviderCatalogue.find(prefix);
            }

            @Override
            public Collection<ProviderRow> all() {
                return ProviderCatalogue.all();
            }
        };
    }
}
