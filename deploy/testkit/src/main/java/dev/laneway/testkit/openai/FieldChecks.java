package dev.laneway.testkit.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.wire.VendorError;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks fields and keeps the first error, as OpenAI tells only one. For one request. */
final class FieldChecks {
    private @Nullable VendorError first;

    Optional<VendorError> error() {
        return Optional.ofNullable(first);
    }

    boolean ok() {
        return first == null;
    }

    /** Refuses unless {@code holds}. */
    void require(boolean holds, Supplier<VendorError> error) {
        if (!holds && first == null) {
            first = error.get();
        }
    }

    void integer(JsonNode body, String name, long least, long most) {
        JsonNode value = body.path(name);
        if (absent(value)) {
            return;
        }
        require(value.isIntegralNumber(), () -> OpenAiErrors.wrongType(name, "an integer", kind(value)));
        require(
                !value.isIntegralNumber() || value.asLong() >= least,
                () -> OpenAiErrors.outOfRange(name, "integer", false, Long.toString(least), value.asText()));
        require(
                !value.isIntegralNumber() || value.asLong() <= most,
                () -> OpenAiErrors.outOfRange(name, "integer", true, Long.toString(most), value.asText()));
    }

    void decimal(JsonNode body, String name, double least, double most) {
        JsonNode value = body.path(name);
        if (absent(value)) {
            return;
        }
        require(value.isNumber(), () -> OpenAiErrors.wrongType(name, "a decimal", kind(value)));
        require(
                value.asDouble() >= least,
                () -> OpenAiErrors.outOfRange(name, "decimal", false, bound(least), value.asText()));
        require(
                value.asDouble() <= most,
                () -> OpenAiErrors.outOfRange(name, "decimal", true, bound(most), value.asText()));
    }

    void bool(JsonNode body, String name) {
        JsonNode value = body.path(name);
        require(absent(value) || value.isBoolean(), () -> OpenAiErrors.wrongType(name, "a boolean", kind(value)));
    }

    static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** What OpenAI calls a value of this kind. */
    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "a string";
            case NUMBER -> value.isIntegralNumber() ? "an integer" : "a decimal";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NULL, MISSING -> "null";
            case BINARY, POJO -> "something else";
        };
    }

    private static String bound(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
