package dev.laneway.standalone.faults;

import java.util.List;

/** The config of a trial: a route for each case, before a deployment of its own, so that what one fault says of its deployment changes nothing. */
final class FaultConfig {
    /** The group of the second hop. */
    static final String SOUND = "sound";
    /** Whose calls hang until they are given up. */
    private static final int SHORT_SECONDS = 4;

    private static final int LONG_SECONDS = 30;

    private FaultConfig() {}

    static String of(List<FaultCase> cases, String simulator) {
        StringBuilder models = new StringBuilder("model_list:\n").append(deployment(SOUND, "sim", simulator, 30, ""));
        StringBuilder routes = new StringBuilder("routes:\n");
        for (int i = 0; i < cases.size(); i++) {
            FaultCase each = cases.get(i);
            models.append(deployment(
                    each.name(),
                    "sim-fault-" + each.fault(),
                    simulator,
                    each.hangs() ? SHORT_SECONDS : LONG_SECONDS,
                    each.pauses() ? ", account: limited-" + i : ""));
            routes.append("  %s: {lane: premium, chain: [%s, %s]%s}%n"
                    .formatted(each.name(), each.name(), SOUND, rule(each.way())));
        }
        return models + "lanes: {premium: {privacy: cloud_allowed}}\n" + routes
                + "  sound: {lane: premium, chain: [sound]}\n"
                + "router_settings: {num_retries: 0}\nlitellm_settings: {request_timeout: 60}\n";
    }

    private static String rule(FaultCase.Way way) {
        return switch (way) {
            case NEVER -> ", fallback: never";
            case ALLOWED -> "";
            case CONTINUED -> ", continue_streams: true";
        };
    }

    private static String deployment(String name, String model, String simulator, int seconds, String account) {
        return """
                  - model_name: %s
                    litellm_params: {model: "openai/%s", api_base: "%s/v1", api_key: simulated, timeout: %5$d, stream_timeout: %5$d}
                    model_info: {zone: cloud%4$s}
                """.formatted(name, model, simulator, account, seconds);
    }
}
