package dev.laneway.runtime.ledger;

import dev.laneway.contracts.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request of the ledger, and what was done for it. Times are epoch milliseconds.
 *
 * @param status how it ended; {@code open} where that is not known yet
 * @param answeredBy the attempt whose answer it was; absent without an answer
 * @param endedAt 0 where that is not known yet
 * @param attempts in the order of their ids
 */
public record LoggedRequest(
        String id,
        String owner,
        @Nullable String team,
        @Nullable String user,
        List<String> tags,
        String route,
        String lane,
        String zone,
        String workClass,
        String status,
        int httpStatus,
        @Nullable String failure,
        int fallbacks,
        @Nullable String answeredBy,
        long acceptedAt,
        long endedAt,
        List<LoggedAttempt> attempts) {
    public LoggedRequest {
        Objects.requireNonNull(id, "id");
        tags = List.copyOf(tags);
        attempts = List.copyOf(attempts);
    }

    /** US dollars, exact. */
    public BigDecimal dollars() {
        return attempts.stream()
                .filter(LoggedAttempt::counts)
                .map(LoggedAttempt::cost)
                .map(Money::dollars)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The attempt whose answer it was, else the last one; null where none was made. */
    public @Nullable LoggedAttempt shown() {
        return attempts.stream()
                .filter(attempt -> attempt.id().equals(answeredBy) && attempt.counts())
                .findFirst()
                .orElse(attempts.isEmpty() ? null : attempts.getLast());
    }

    LoggedRequest with(List<LoggedAttempt> made) {
        return new LoggedRequest(
                id,
                owner,
                team,
                user,
                tags,
                route,
                lane,
                zone,
                workClass,
                status,
                httpStatus,
                failure,
                fallbacks,
                answeredBy,
                acceptedAt,
                endedAt,
                made);
    }
}
