package dev.laneway.dialects.responses;

import org.jspecify.annotations.Nullable;

/**
 * Where a stream stands that another attempt goes on with: the response, the message that is open, and the number of the next event.
 * It travels as the id of the answer, {@code RESPONSE|MESSAGE|NUMBER}, since a beginning has one id.
 */
record Place(String response, @Nullable String message, long sequence) {
    private static final String BETWEEN = "|";

    String id() {
        return response + BETWEEN + (message == null ? "" : message) + BETWEEN + sequence;
    }

    static Place of(String id) {
        var parts = id.split("\\|", -1);
        if (parts.length != 3 || !parts[2].matches("\\d{1,15}")) {
            return new Place(id, null, 0);
        }
        return new Place(parts[0], parts[1].isEmpty() ? null : parts[1], Long.parseLong(parts[2]));
    }
}
