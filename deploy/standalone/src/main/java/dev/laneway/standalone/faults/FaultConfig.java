package dev.laneway.standalone.faults;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The config of a trial: a deployment for each fault of each vendor, and routes to it. Failures don't keep it from being called again, so
 * that cases change nothing for each other.
 */
public final class FaultConfig {
    /** The group of the second hop, and the name of a route of its own. */
    public static final String SOUND = "sound";
    /** Whose calls hang until they are given up. */
    private static final int SHORT_SECONDS = 4;

    private static final int LONG_SECONDS = 50;

    /** What the simulator charges. */
    private static final String PRICES = "input_cost_per_token: 0.000001, output_cost_per_token: 0.000004,"
            + " cache_read_input_token_cost: 0.00000025, cache_creation_input_token_cost: 0.00000125";

    private FaultConfig() {}

    /**
     * A file for these cases.
     *
     * @param simulator its base URL
     * @param key of the accounts, as a config names it
     */
    public static String of(List<FaultCase> cases, String simulator, String key) {
        Set<String> models = new LinkedHashSet<>();
        Set<String> routes = new LinkedHashSet<>();
        models.add(deployment(SOUND, VendorFormat.OPENAI.deployment("sim", simulator, key), LONG_SECONDS, ""));
        for (FaultCase each : cases) {
            models.add(deployment(
                    each.deployment(),
                    each.vendor().deployment("sim-fault-" + each.fault(), simulator, key),
                    each.hangs() ? SHORT_SECONDS : LONG_SECONDS,
                    each.pauses() ? ", account: limited-" + models.size() : ""));
            routes.add(String.format(
                    Locale.ROOT,
                    "  %s: {lane: premium, chain: [%s, %s]%s}\n",
                    each.route(),
                    each.deployment(),
                    SOUND,
                    rule(each.way())));
        }
        return "model_list:\n" + String.join("", models) + "lanes: {premium: {privacy: cloud_allowed}}\nroutes:\n"
                + String.join("", routes) + "  sound: {lane: premium, chain: [sound]}\n"
                + "router_settings: {num_retries: 0, disable_cooldowns: true}\n"
                + "litellm_settings: {request_timeout: 60}\n";
    }

    private static String rule(FaultCase.Way way) {
        return switch (way) {
            case NEVER -> ", fallback: never";
            case ALLOWED -> "";
            case CONTINUED -> ", continue_streams: true";
        };
    }

    private static String deployment(String name, String vendor, int seconds, String account) {
        return String.format(Locale.ROOT, """
                  - model_name: %1$s
                    litellm_params: {%2$s, %3$s, timeout: %4$d, stream_timeout: %4$d}
                    model_info: {zone: cloud%5$s}
                """, name, vendor, PRICES, seconds, account);
    }
}
