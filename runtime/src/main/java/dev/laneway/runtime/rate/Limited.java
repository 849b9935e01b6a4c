package dev.laneway.runtime.rate;

import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

    /** A holder by its terms; null where these limit nothing that is counted. */
    public static @Nullable Limited of(Scope scope, String id, Terms terms) {
        RateLimits limits = terms.limits();
        return limits == null || !RateKind.any(limits) ? null : new Limited(scope, id, limits, terms.closedWhenAway());
    }

    /** Names what is counted: of letters, digits and a few signs, no comma and no space among them. */
    String name() {
        return scope.id() + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    /** For people. */
    public String words() {
        return scope == Scope.GLOBAL ? "all clients together" : scope.id() + " " + id;
    }
}
