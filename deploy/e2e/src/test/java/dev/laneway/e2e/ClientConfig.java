package dev.laneway.e2e;

import java.util.Collection;
import java.util.List;

/**
 * The config for real clients: {@code NAME-openai} and {@code NAME-anthropic} for each, with that vendor behind, whose model is called
 * {@code sim-NAME-openai}; so the simulator's log tells whose call it was.
 */
final class ClientConfig {
    private final StringBuilder models = new StringBuilder("model_list:\n");
    private final StringBuilder routes = new StringBuilder("routes:\n");

    private ClientConfig() {}

    static String of(String simulator, Collection<String> names) {
        ClientConfig config = new ClientConfig();
        names.forEach(name -> config.client(name, simulator));
        return config.text();
    }

    /** And {@code NAME-own} for each whose format is neither's: behind is a vendor who speaks that, Google's one that demands signatures. */
    static String ofAgents(String simulator, List<Agent> agents) {
        ClientConfig config = new ClientConfig();
        for (Agent agent : agents) {
            config.client(agent.name(), simulator);
            String route = agent + "-own";
            switch (agent.spoken()) {
                case CHAT, MESSAGES -> {}
                case RESPONSES -> config.route(route, "openai/responses/", simulator + "/v1");
                case GEMINI -> config.route(route, "gemini/gemini-3-", simulator);
                case OLLAMA -> config.route(route, "ollama/", simulator);
            }
        }
        return config.text();
    }

    private void client(String name, String simulator) {
        route(name + "-openai", "openai/", simulator + "/v1");
        route(name + "-anthropic", "anthropic/", simulator);
    }

    private void route(String name, String vendor, String base) {
        models.append("""
                  - model_name: on-%s
                    litellm_params: {model: "%ssim-%s", api_base: "%s", api_key: os.environ/SIM_KEY}
                    model_info: {zone: cloud}
                """.formatted(name, vendor, name, base));
        routes.append("  %s: {lane: coding, chain: [on-%s]}\n".formatted(name, name));
    }

    private String text() {
        return models + "lanes:\n  coding: {privacy: cloud_allowed}\n" + routes + "router_settings: {num_retries: 0}\n";
    }
}
