package dev.laneway.runtime.config;

import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The vendors that this version can call. */
public interface Providers {
    /** The row for a prefix of {@code litellm_params.model}; null when there is none. */
    @Nullable
    ProviderRow find(String prefix);

    /** Every row. */
    Collection<ProviderRow> all();

    /** The built-in catalogue. */
    static Providers catalogue() {
        return new Providers() {
            @Override
            public @Nullable ProviderRow find(String prefix) {
                return ProviderCatalogue.find(prefix);
            }

            @Override
            public Collection<ProviderRow> all() {
                return ProviderCatalogue.all();
            }
        };
    }
}
