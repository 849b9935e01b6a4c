package dev.laneway.testkit.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.wire.VendorError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks fields and keeps the first error, as Anthropic tells only one. For one request. */
final class AnthropicChecks {
    private @Nullable VendorError first;

    Optional<VendorError> error() {
        return Optional.ofNullable(first);
    }

    boolean ok() {
        return first == null;
    }

    /** Refuses with 400 unless {@code holds}. */
    void require(boolean holds, String message) {
        if (!holds && first == null) {
            first = VendorError.plain(400, "invalid_request_error", message);
        }
    }

    void integer(JsonNode body, String name, long least) {
        JsonNode value = body.path(name);
        if (!value.isMissingNode()) {
            require(value.isIntegralNumber(), name + ": Input should be a valid integer");
            require(value.asLong() >= least, name + ": Input should be greater than or equal to " + least);
        }
    }

    void fraction(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isMissingNode()) {
            require(value.isNumber(), name + ": Input should be a valid number");
            require(value.asDouble() >= 0, name + ": Input should be greater than or equal to 0");
            require(value.asDouble() <= 1, name + ": Input should be less than or equal to 1");
        }
    }

    void bool(JsonNode body, String name) {
        JsonNode value = body.path(name);
        require(value.isMissingNode() || value.isBoolean(), name + ": Input should be a valid boolean");
    }

    static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
