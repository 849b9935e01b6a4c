package dev.laneway.dialects.embeddings;

import dev.laneway.contracts.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's answer.
 *
 * @param vendorModel the model that made it; empty where the vendor does not say
 * @param vectors in the order of the inputs, each as the JSON value that the caller wants: an array of numbers, or a string
 * @param usage what the vendor reported; null where it did not
 */
public record EmbeddingAnswer(
        String vendorModel, List<byte[]> vectors, @Nullable TokenUsage usage) {
    public EmbeddingAnswer {
        vectors = List.copyOf(vectors);
    }
}
