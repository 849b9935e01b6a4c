package dev.laneway.e2e;

import java.util.Collection;

/**
 * The config for real clients: {@code NAME-openai} and {@code NAME-anthropic} for each, with that vendor behind, whose model is called
 * {@code sim-NAME-openai}; so the simulator's log tells whose call it was.
 */
final class ClientConfig {
    private ClientConfig() {}

    static String of(String simulator, Collection<String> names) {
        StringBuilder models = new StringBuilder("model_list:\n");
        StringBuilder routes = new StringBuilder("routes:\n");
        for (String name : names) {
            deployment(models, name + "-openai", "openai", simulator + "/v1");
            deployment(models, name + "-anthropic", "anthropic", simulator);
            for (String vendor : new String[] {"-openai", "-anthropic"}) {
                routes.append("  %s: {lane: coding, chain: [on-%s]}\n".formatted(name + vendor, name + vendor));
            }
        }
        return models + "lanes:\n  coding: {privacy: cloud_allowed}\n" + routes + "router_settings: {num_retries: 0}\n";
    }

    private static void deployment(StringBuilder models, String name, String vendor, String base) {
        models.append("""
                  - model_name: on-%s
                    litellm_params: {model: "%s/sim-%s", api_base: "%s", api_key: os.environ/SIM_KEY}
                    model_info: {zone: cloud}
                """.formatted(name, vendor, name, base));
    }
}
