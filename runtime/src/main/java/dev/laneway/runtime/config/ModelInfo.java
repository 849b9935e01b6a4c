package dev.laneway.runtime.config;

import dev.laneway.runtime.catalogue.StatedPrice;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code model_info} says about a deployment's model.
 *
 * @param maxInputTokens the context window, in tokens
 * @param maxOutputTokens the most that one answer may hold, in tokens
 * @param supports names of capabilities that are stated as true, without {@code supports_}: {@code vision}, {@code function_calling}
 * @param lacks names of capabilities that are stated as false
 * @param mode {@code chat}, {@code completion} or {@code embedding}
 * @param baseModel which model it is, where its deployment has a name of its own, as on Azure
 * @param price what its calls cost; goes before the catalogue
 */
public record ModelInfo(
        @Nullable Integer maxInputTokens,
        @Nullable Integer maxOutputTokens,
        Set<String> supports,
        Set<String> lacks,
        String mode,
        @Nullable String baseModel,
        StatedPrice price) {
    /** Nothing stated. */
    public static final ModelInfo NONE = new ModelInfo(null, null, Set.of(), Set.of(), "chat");

    public ModelInfo {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(price, "price");
        supports = Set.copyOf(supports);
        lacks = Set.copyOf(lacks);
    }

    /** The same, with that in place of what it says of the model's own name and price. */
    public ModelInfo with(@Nullable String otherBase, StatedPrice otherPrice) {
        return new ModelInfo(maxInputTokens, maxOutputTokens, supports, lacks, mode, otherBase, otherPrice);
    }

    /** Without a word of what it costs. */
    public ModelInfo(
            @Nullable Integer maxInputTokens,
            @Nullable Integer maxOutputTokens,
            Set<String> supports,
            Set<String> lacks,
            String mode) {
        this(maxInputTokens, maxOutputTokens, supports, lacks, mode, null, StatedPrice.NONE);
    }
}
