package dev.laneway.chaos.load;

import java.math.BigDecimal;

/**
 * What is asked to overdraw budgets: calls whose price is known before they are made, because only the answer's tokens cost, and there are as many
 * as were asked for. Each budget is worth a whole number of them.
 */
public final class PaidWork {
    /** One deployment that always answers. */
    public static final String PLAIN = "paid";
    /** One that often fails, and behind it a dearer one. */
    public static final String DEARER = "paid-shaky";
    /** The owner of a key without a budget. */
    public static final String UNLIMITED = "payer-of-everything";
    /** Of an answer. */
    public static final int TOKENS = 16;
    /** Of a token of the cheap model, in dollars. */
    public static final BigDecimal PRICE = new BigDecimal("0.00001");
    /** How many times as much the dear one costs. */
    public static final int TIMES_DEARER = 3;

    private PaidWork() {}

    /** How many budgets are overdrawn at once, and how many calls each is worth. */
    public enum Size {
        ONE(1, 200),
        TEN(10, 40),
        HUNDRED(100, 10);

        private final int budgets;
        private final int calls;

        Size(int budgets, int calls) {
            this.budgets = budgets;
            this.calls = calls;
        }

        public int budgets() {
            return budgets;
        }

        public int calls() {
            return calls;
        }

        /** In dollars. */
        public BigDecimal budget() {
            return callPrice().multiply(BigDecimal.valueOf(calls));
        }
    }

    /** Of one call of the cheap model, in dollars. */
    public static BigDecimal callPrice() {
        return PRICE.multiply(BigDecimal.valueOf(TOKENS));
    }

    /** The key of an owner. */
    public static String key(String owner) {
        return "sk-of-" + owner + "-0123456789";
    }

    static String deployments(String vendor) {
        return deployment(PLAIN, "sim-paid~ttft=uniform:10:60~tokens=" + TOKENS, PRICE, vendor)
                + deployment("paid-first", "sim-paid-shaky~ttft=uniform:10:60~tokens=" + TOKENS, PRICE, vendor)
                + deployment(
                        "paid-dear",
                        "sim-paid-dear~ttft=uniform:10:60~tokens=" + TOKENS,
                        PRICE.multiply(BigDecimal.valueOf(TIMES_DEARER)),
                        vendor);
    }

    private static String deployment(String name, String model, BigDecimal price, String vendor) {
        return """
                  - model_name: %s
                    litellm_params: {model: "openai/%s", api_base: "%s/v1", api_key: os.environ/SIM_KEY}
                    model_info: {input_cost_per_token: 0, output_cost_per_token: %s}
                """.formatted(name, model, vendor, price.toPlainString());
    }

    static String routes() {
        return """
                  paid: {lane: routine, chain: [paid]}
                  paid-shaky: {lane: routine, chain: [paid-first, paid-dear]}
                """;
    }

    static String keys() {
        return "api_keys:\n  - {name: " + UNLIMITED + ", key: " + key(UNLIMITED) + "}\n";
    }
}
