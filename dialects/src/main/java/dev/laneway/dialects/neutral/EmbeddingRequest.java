package dev.laneway.dialects.neutral;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for embeddings in no vendor's words.
 *
 * @param model as the client wrote it
 * @param inputs one vector is due for each, in this order; at least one
 * @param dimensions how long the vectors are to be, at least 1; null for the model's own length
 * @param user the end user's opaque id
 * @param purpose what the vectors are for, where the client said; null for anything
 * @param truncate whether an input that is too long is to be cut, or refused; null where unsaid
 * @param extras what nobody here knows
 */
public record EmbeddingRequest(
        String model,
        List<Input> inputs,
        @Nullable Integer dimensions,
        @Nullable String user,
        @Nullable Purpose purpose,
        @Nullable Boolean truncate,
        Extras extras) {

    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("nothing to embed");
        }
    }

    /** What one vector is made of. */
    public sealed interface Input {

        record Text(String text) implements Input {}

        /** Tokens of the model's own vocabulary, which mean nothing to another model. */
        @SuppressWarnings("ArrayRecordComponent") // thousands of numbers, read once
        record Tokens(int[] ids) implements Input {
            @Override
            public String toString() {
                return "Tokens[" + Arrays.stream(ids).count() + "]";
            }
        }
    }

    /** What vectors are for: some models make others of what is looked for than of what is looked through. */
    public enum Purpose {
        DOCUMENT,
        QUERY,
        CLASSIFICATION,
        CLUSTERING,
        SIMILARITY
    }

    /** How the numbers of a vector are written. */
    public enum Encoding {
        /** As an array of numbers. */
        FLOAT,
        /** As a string: base64 of little-endian IEEE 754 numbers of 32 bits. */
        BASE64
    }
}
