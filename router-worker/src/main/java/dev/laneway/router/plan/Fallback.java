package dev.laneway.router.plan;

import dev.laneway.contracts.FailureKind;
import java.util.Objects;

/**
 * A hop was left for a later one.
 *
 * @param from the deployment that failed last there, or the hop's own name where none of it was tried
 * @param kind why it was left
 */
public record Fallback(String from, FailureKind kind) {
    public Fallback {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(kind, "kind");
    }
}
