package dev.laneway.testkit.answers;

import com.fasterxml.jackson.databind.JsonNode;

/** What form the answer's text must have. */
public sealed interface OutputShape {
    /** Any text. */
    record Prose() implements OutputShape {}

    /** Some JSON object. */
    record JsonObject() implements OutputShape {}

    /** JSON that fits the schema. */
    record Schema(JsonNode schema) implements OutputShape {}
}
