package dev.laneway.chaos.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is asked under attack, and the config in which it can be asked: calls from 0.2 s up to the longest, six of ten short, one of
 * ten long; a deployment that fails at times, so that there are retries and fallbacks too.
 *
 * @param longestSeconds of a call
 * @param whole how long the load lasts
 */
public record Workload(int longestSeconds, Duration whole) {
    /** Models of this name answer 503 three times of ten. */
    public static final String SHAKY = "sim-*shaky*";

    /** A short call that always takes the same time, for comparisons. */
    public static final Shape EVEN = new Shape("even", false, false, deadline(2));
    /** The route of work that nobody waits for, on an account of its own. */
    public static final String BATCH = "batch";

    public static final String BATCH_LANE = "bulk";
    public static final String BATCH_MODEL = "sim-batch";

    public Workload {
        if (longestSeconds < 2 || longestSeconds > 120) {
            throw new IllegalArgumentException("the longest call is from 2 to 120 s");
        }
    }

    /**
     * Requests stay in the log for the longest deadline and an hour, and all of them are compared in the end: so the deadline in the config is
     * that of the whole run. Each client has a shorter one of its own.
     *
     * @param vendor where the simulator is reached, such as {@code http://127.0.0.1:9090}
     */
    public String config(String vendor) {
        int whole = longestSeconds * 1000;
        String quick = "~ttft=uniform:200:1000~tokens=16";
        String middle = "~ttft=uniform:300:" + Math.max(600, whole / 10) + "~gap=100~chunks=12";
        String slow = "~ttft=uniform:" + whole / 10 + ":" + whole / 2 + "~gap=" + whole / 20 + "~chunks=10";
        return "model_list:\n"
                + openAi("quick", "sim-quick" + quick, vendor)
                + anthropic("quick-a", "sim-quick" + quick, vendor)
                + openAi("middle", "sim-middle" + middle, vendor)
                + anthropic("middle-a", "sim-middle" + middle, vendor)
                + openAi("slow", "sim-slow" + slow, vendor)
                + anthropic("slow-a", "sim-slow" + slow, vendor)
                + openAi("shaky", "sim-shaky~ttft=200~tokens=16", vendor)
                + openAi("even", "sim-even~ttft=50~tokens=16", vendor)
                + openAi(BATCH, BATCH_MODEL + "~ttft=100~tokens=16", vendor).replace("SIM_KEY", "SIM_BATCH_KEY")
                + PaidWork.deployments(vendor)
                + """
                lanes:
                  bulk: {privacy: cloud_allowed}
                  premium: {privacy: cloud_allowed, on_unknown: retry}
                  routine: {privacy: cloud_allowed, on_unknown: fail}
                routes:
                  quick: {lane: premium, chain: [quick]}
                  quick-a: {lane: routine, chain: [quick-a]}
                  middle: {lane: routine, chain: [middle]}
                  middle-a: {lane: premium, chain: [middle-a]}
                  slow: {lane: premium, chain: [slow]}
                  slow-a: {lane: routine, chain: [slow-a]}
                  shaky: {lane: premium, chain: [shaky, quick]}
                  even: {lane: premium, chain: [even]}
                  batch: {lane: bulk, chain: [batch]}
                %srouter_settings: {num_retries: 1}
                litellm_settings: {request_timeout: %d}
                """.formatted(PaidWork.routes(), Math.max(deadline(longestSeconds), this.whole.toSeconds()))
                + PaidWork.keys();
    }

    /** The next request to make. */
    Shape draw(RandomGenerator random) {
        boolean stream = random.nextBoolean();
        boolean anthropic = random.nextBoolean();
        int of = random.nextInt(100);
        String speed = of < 10 ? "slow" : of < 40 ? "middle" : of < 50 ? "shaky" : "quick";
        int seconds = speed.equals("slow") ? longestSeconds : speed.equals("middle") ? longestSeconds / 10 + 3 : 2;
        // a route's clients may speak either format: half of them are translated
        String route = speed.equals("shaky") ? speed : random.nextBoolean() ? speed : speed + "-a";
        return new Shape(route, anthropic, stream, deadline(seconds));
    }

    /** Every shape that may be drawn of one speed, for a warm-up. */
    static List<Shape> quick() {
        List<Shape> shapes = new ArrayList<>();
        for (boolean stream : new boolean[] {false, true}) {
            for (boolean anthropic : new boolean[] {false, true}) {
                shapes.add(new Shape("quick", anthropic, stream, deadline(2)));
                shapes.add(new Shape("quick-a", anthropic, stream, deadline(2)));
            }
        }
        return shapes;
    }

    /** Twice the call, and time for a takeover or two. */
    private static int deadline(int seconds) {
        return seconds * 2 + 40;
    }

    private static String openAi(String name, String model, String vendor) {
        return entry(name, "openai/" + model, vendor + "/v1");
    }

    private static String anthropic(String name, String model, String vendor) {
        return entry(name, "anthropic/" + model, vendor);
    }

    private static String entry(String name, String model, String base) {
        return """
                  - model_name: %s
                    litellm_params: {model: "%s", api_base: "%s", api_key: os.environ/SIM_KEY}
                """.formatted(name, model, base);
    }
}
