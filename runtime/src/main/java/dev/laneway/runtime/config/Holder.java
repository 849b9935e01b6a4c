package dev.laneway.runtime.config;

import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import java.util.List;
import java.util.Objects;

/**
 * Something that has terms.
 *
 * @param id unique within its scope; of scope {@code key} in a file's config {@link #EVERY_KEY} alone, for what keys leave unsaid
 */
public record Holder(Scope scope, String id, Terms terms) {
    /** Stands for each key, in what it leaves unsaid; not for the master key. */
    public static final String EVERY_KEY = "*";

    public Holder {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(terms, "terms");
    }

    /** Whether all that the terms say is kept to: of a provider and a deployment only what is counted before a call of them. */
    public boolean isKept() {
        RateLimits limits = terms.limits();
        Terms counted = new Terms(null, null, null, List.of(), null, limits, terms.budgets(), null, terms.whenAway());
        return (scope != Scope.PROVIDER && scope != Scope.DEPLOYMENT)
                || (terms.equals(counted) && (limits == null || limits.tokensPerRequest() == 0));
    }
}
