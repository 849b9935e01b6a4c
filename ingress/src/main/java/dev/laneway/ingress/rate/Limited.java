package dev.laneway.ingress.rate;

import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A holder with limits.
 *
 * @param closed whether its calls stop while nobody counts them
 */
public record Limited(Scope scope, String id, RateLimits limits, boolean closed) {
    public Limited {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(limits, "limits");
    }

    /** Names what is counted: of letters, digits and a few signs, no comma and no space among them. */
    String name() {
        return scope.id() + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    /** For people. */
    String words() {
        return scope == Scope.GLOBAL ? "all clients together" : scope.id() + " " + id;
    }
}
