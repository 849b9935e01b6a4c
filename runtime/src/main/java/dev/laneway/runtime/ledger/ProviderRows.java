package dev.laneway.runtime.ledger;

import dev.laneway.dialects.providers.ProviderCatalogue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which rows of the ledger are a provider's: its own, and those of its models that were called by another API. Pure. */
public final class ProviderRows {
    private ProviderRows() {}

    /**
     * A condition on the column {@code provider}.
     *
     * @param id an expression of SQL, of type text, for the provider's name
     */
    public static String of(String id) {
        return Stream.concat(
                        Stream.of(id), ProviderCatalogue.OTHER_APIS.stream().map(api -> id + " || '" + api + "'"))
                .collect(Collectors.joining(", ", "provider in (", ")"));
    }
}
