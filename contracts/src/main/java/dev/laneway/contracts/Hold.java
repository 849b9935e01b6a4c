package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/**
 * The money that is held for an attempt.
 *
 * @param amount the most that it can cost
 * @param maxTokens the most that the vendor may be asked to generate, so that the amount holds; 0: as the client said
 * @param windows windows of budgets in which it is held, each {@code scope/id/budget@start/limit}, percent-encoded: epoch milliseconds, and
 *     billionths of a dollar
 * @param open whether it goes on where the memory that counts is away
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Hold(
        @JsonInclude(JsonInclude.Include.ALWAYS) Money amount, long maxTokens, List<String> windows, boolean open) {
    public Hold {
        Objects.requireNonNull(amount, "amount");
        windows = List.copyOf(windows);
    }
}
