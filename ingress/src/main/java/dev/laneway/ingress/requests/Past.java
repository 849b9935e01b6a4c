package dev.laneway.ingress.requests;

import dev.laneway.contracts.Fact;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of a request.
 *
 * @param subject which, and whose
 * @param attempts the facts of its attempts, in the order of the log; what was published twice is told once
 * @param end the first terminal fact; absent while it runs
 */
public record Past(
        Fact.Subject subject,
        List<Fact.Attempted> attempts,
        @Nullable Fact end) {
    public Past {
        Objects.requireNonNull(subject, "subject");
        attempts = attempts.stream().distinct().toList();
    }
}
