package dev.laneway.runtime.config;

import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
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
}
