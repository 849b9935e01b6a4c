package dev.laneway.standalone.config;

import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.Providers;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The vendors that the dialects' catalogue has rows of. */
public final class CatalogueProviders implements Providers {
    @Override
    public @Nullable ProviderRow find(String prefix) {
        return ProviderCatalogue.find(prefix);
    }

    @Override
    public Collection<ProviderRow> all() {
        return ProviderCatalogue.all();
    }
}
