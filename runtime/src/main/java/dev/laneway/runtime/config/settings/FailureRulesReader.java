package dev.laneway.runtime.config.settings;

import dev.laneway.runtime.config.AllowedFails;
import dev.laneway.runtime.config.Cooldown;
import dev.laneway.runtime.config.RetryPolicy;
import dev.laneway.runtime.config.RouterSettings;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Reading;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads how failures are followed: {@code retry_policy} and {@code model_group_retry_policy}, {@code allowed_fails} and its policy, {@code
 * cooldown_time} and {@code disable_cooldowns}. All but policies of groups and of allowed failures may stand in {@code litellm_settings} too.
 */
final class FailureRulesReader {
    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_RETRIES = 20;
    private static final int MOST_FAILS = 1_000_000;

    private final Reading reading;

    FailureRulesReader(Reading reading) {
        this.reading = reading;
    }

    /** The settings of both blocks; the first one's go before. */
    RouterSettings read(int numRetries, Duration retryAfter, @Nullable Block router, @Nullable Block litellm) {
        RetryPolicy own = policy(router == null ? null : router.block("retry_policy"));
        RetryPolicy shared = policy(litellm == null ? null : litellm.block("retry_policy"));
        return new RouterSettings(
                numRetries,
                retryAfter,
                own.equals(RetryPolicy.NONE) ? shared : own,
                groups(router == null ? null : router.block("model_group_retry_policy")),
                cooldown(router, litellm));
    }

    private Map<String, RetryPolicy> groups(@Nullable Block block) {
        Map<String, RetryPolicy> groups = new LinkedHashMap<>();
        if (block != null) {
            block.entries().forEach((group, value) -> {
                RetryPolicy policy = policy(value.block(reading));
                if (!policy.equals(RetryPolicy.NONE)) {
                    groups.put(group, policy);
                }
            });
        }
        return groups;
    }

    private RetryPolicy policy(@Nullable Block block) {
        if (block == null) {
            return RetryPolicy.NONE;
        }
        RetryPolicy policy = new RetryPolicy(
                retries(block, "TimeoutErrorRetries"),
                retries(block, "RateLimitErrorRetries"),
                retries(block, "InternalServerErrorRetries"),
                retries(block, "ServiceUnavailableErrorRetries"),
                retries(block, "DefaultRetries"));
        new KnownKeys(reading).leftInLiteLlms(block, "retry_policy");
        return policy;
    }

    private static @Nullable Integer retries(Block block, String key) {
        return block.whole(key, 0, MOST_RETRIES);
    }

    private Cooldown cooldown(@Nullable Block router, @Nullable Block litellm) {
        Integer fails = null;
        Duration time = null;
        Boolean disabled = null;
        for (Block block : new @Nullable Block[] {router, litellm}) {
            if (block != null) {
                Integer allowed = block.whole("allowed_fails", 0, MOST_FAILS);
                Duration lasting = block.seconds("cooldown_time", MOST_SECONDS);
                Boolean off = block.flag("disable_cooldowns");
                fails = fails == null ? allowed : fails;
                time = time == null ? lasting : time;
                disabled = disabled == null ? off : disabled;
            }
        }
        return new Cooldown(
                disabled != null && disabled,
                fails == null ? Cooldown.USUAL.failures() : fails + 1,
                allowed(router == null ? null : router.block("allowed_fails_policy")),
                time);
    }

    private AllowedFails allowed(@Nullable Block block) {
        if (block == null) {
            return AllowedFails.NONE;
        }
        AllowedFails allowed = new AllowedFails(
                block.whole("TimeoutErrorAllowedFails", 0, MOST_FAILS),
                block.whole("InternalServerErrorAllowedFails", 0, MOST_FAILS));
        new KnownKeys(reading).leftInLiteLlms(block, "allowed_fails_policy");
        return allowed;
    }
}
