package dev.laneway.dialects.neutral;

import org.jspecify.annotations.Nullable;

/**
 * The prompt up to here is worth caching: Anthropic's {@code cache_control}, OpenAI's {@code prompt_cache_breakpoint}.
 *
 * @param ttl Anthropic's {@code 5m} or {@code 1h}; null for the vendor's own
 */
public record CacheMark(@Nullable String ttl) {}
