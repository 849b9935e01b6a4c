package dev.laneway.dialects.embeddings;

import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.providers.ProviderRow;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A vendor that is asked as Gemini is. */
final class GeminiTargets {
    private GeminiTargets() {}

    static Target of(String model) {
        var row = new ProviderRow(
                "gemini",
                VendorOnlyDialect.GEMINI_EMBED,
                "https://generativelanguage.googleapis.com",
                ProviderRow.AuthStyle.BEARER,
                List.of(),
                List.of(),
                false,
                Set.of());
        return new Target(
                row, model, new Target.Endpoint(null, "k", Map.of()), "r:0:0", false, Map.of(), Target.Policy.NONE);
    }
}
