package dev.laneway.dialects.neutral;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The form that the text of the answer must have. */
public sealed interface ResponseFormat {

    record Text() implements ResponseFormat {}

    /** Some JSON object. */
    record JsonObject() implements ResponseFormat {}

    record JsonSchema(
            String name,
            @Nullable String description,
            JsonNode schema,
            @Nullable Boolean strict) implements ResponseFormat {}
}
