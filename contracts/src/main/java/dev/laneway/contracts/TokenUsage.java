package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one attempt, as the vendor reported them.
 *
 * @param input all tokens of the prompt, those read from and written to a cache among them
 * @param output all generated tokens, reasoning among them
 * @param cachedInput the part of {@code input} that was read from the vendor's cache
 * @param cacheWrite the part of {@code input} that was written to the vendor's cache
 * @param cacheWriteHour the part of {@code cacheWrite} that is kept for an hour, and not for minutes
 * @param reasoning the part of {@code output} that was reasoning
 * @param beside what of it has a price of its own, and what is billed beside it; absent where there is nothing of that
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record TokenUsage(
        long input,
        long output,
        long cachedInput,
        long cacheWrite,
        long cacheWriteHour,
        long reasoning,
        @Nullable UsedExtras beside) {
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0, 0);

    public TokenUsage {
        if (input < 0 || output < 0 || cachedInput < 0 || cacheWrite < 0 || cacheWriteHour < 0 || reasoning < 0) {
            throw new IllegalArgumentException("token counts can't be negative");
        }
        beside = UsedExtras.NONE.equals(beside) ? null : beside;
    }

    /** What of it has a price of its own, and what is billed beside it. */
    @JsonIgnore
    public UsedExtras extras() {
        return beside == null ? UsedExtras.NONE : beside;
    }

    /** The same tokens, with that beside them. */
    public TokenUsage with(UsedExtras extras) {
        return new TokenUsage(input, output, cachedInput, cacheWrite, cacheWriteHour, reasoning, extras);
    }

    /** Nothing but tokens of text. */
    public TokenUsage(long input, long output, long cachedInput, long cacheWrite, long cacheWriteHour, long reasoning) {
        this(input, output, cachedInput, cacheWrite, cacheWriteHour, reasoning, null);
    }

    /** Of a vendor that keeps nothing for an hour. */
    public TokenUsage(long input, long output, long cachedInput, long cacheWrite, long reasoning) {
        this(input, output, cachedInput, cacheWrite, 0, reasoning);
    }

    public static TokenUsage of(long input, long output) {
        return new TokenUsage(input, output, 0, 0, 0);
    }

    /** Of two calls together. */
    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                input + other.input,
                output + other.output,
                cachedInput + other.cachedInput,
                cacheWrite + other.cacheWrite,
                cacheWriteHour + other.cacheWriteHour,
                reasoning + other.reasoning,
                extras().plus(other.extras()));
    }
}
