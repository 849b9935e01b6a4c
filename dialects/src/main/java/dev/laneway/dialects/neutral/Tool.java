package dev.laneway.dialects.neutral;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import org.jspecify.annotations.Nullable;

/** A tool on offer. */
public sealed interface Tool {

    /** @param schema JSON Schema of the arguments; null where the function takes none */
    record Function(
            String name,
            @Nullable String description,
            @Nullable JsonNode schema,
            @Nullable Boolean strict,
            @Nullable CacheMark cache,
            Extras extras)
            implements Tool {}

    /** A tool that the vendor itself runs, or a kind unknown here: only its own dialect can carry it. */
    record Hosted(Dialect origin, String type, JsonNode json) implements Tool {}
}
