package dev.laneway.runtime.config;

import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import java.util.Objects;

/**
 * Something that has terms.
 *
 * @param id unique within its scope
 */
public record Holder(Scope scope, String id, Terms terms) {
    public Holder {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(terms, "terms");
    }
}
