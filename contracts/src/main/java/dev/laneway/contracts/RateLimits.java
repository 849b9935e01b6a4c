package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How much a holder may ask for; 0 is no limit.
 *
 * @param requestsPerMinute in any sixty seconds
 * @param tokensPerMinute prompt and answer together
 * @param requestsPerHour in any sixty minutes
 * @param tokensPerHour prompt and answer together
 * @param parallel requests under way at once
 * @param tokensPerRequest prompt and the most that the answer may have
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record RateLimits(
        long requestsPerMinute,
        long tokensPerMinute,
        long requestsPerHour,
        long tokensPerHour,
        int parallel,
        long tokensPerRequest) {
    public static final RateLimits NONE = new RateLimits(0, 0, 0, 0, 0, 0);

    public RateLimits {
        if (requestsPerMinute < 0
                || tokensPerMinute < 0
                || requestsPerHour < 0
                || tokensPerHour < 0
                || parallel < 0
                || tokensPerRequest < 0) {
            throw new IllegalArgumentException("a limit can't be negative");
        }
    }

    /** These, and of others what these don't limit. */
    public RateLimits filledFrom(RateLimits others) {
        return new RateLimits(
                requestsPerMinute == 0 ? others.requestsPerMinute : requestsPerMinute,
                tokensPerMinute == 0 ? others.tokensPerMinute : tokensPerMinute,
                requestsPerHour == 0 ? others.requestsPerHour : requestsPerHour,
                tokensPerHour == 0 ? others.tokensPerHour : tokensPerHour,
                parallel == 0 ? others.parallel : parallel,
                tokensPerRequest == 0 ? others.tokensPerRequest : tokensPerRequest);
    }
}
