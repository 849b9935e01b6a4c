package dev.laneway.testkit.limits;

import dev.laneway.testkit.faults.Glob;

/**
 * A limit on each key's use of each model that fits.
 *
 * @param model which models
 * @param requestsPerMinute 0 for no limit
 * @param tokensPerMinute prompt and the most that may be answered, counted before the call; 0 for no limit
 * @param parallel calls at once; 0 for no limit
 */
public record LimitRule(Glob model, int requestsPerMinute, int tokensPerMinute, int parallel) {
    public LimitRule {
        if (requestsPerMinute < 0 || tokensPerMinute < 0 || parallel < 0) {
            throw new IllegalArgumentException("a limit can't be negative");
        }
    }
}
