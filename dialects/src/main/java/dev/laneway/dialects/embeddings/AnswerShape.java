package dev.laneway.dialects.embeddings;

import java.util.Set;

/**
 * Where in a vendor's answer everything is. Places are names of members joined by dots, with {@code *} for an element of an array;
 * empty for what the vendor does not say.
 *
 * @param vectors each an array of numbers, or a string of base64
 * @param index of the vector beside it; where the vendor says none, vectors are in order
 * @param model the model that made them
 * @param inputTokens a count
 */
public record AnswerShape(Set<String> vectors, String index, String model, String inputTokens) {
    public AnswerShape {
        vectors = Set.copyOf(vectors);
    }
}
