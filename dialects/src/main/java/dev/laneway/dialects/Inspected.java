package dev.laneway.dialects;

import dev.laneway.contracts.AskedExtras;
import dev.laneway.contracts.Feature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What planning needs of a request.
 *
 * @param model what the client asked for, not empty
 * @param includeUsage whether a stream's client wants to see usage (always true where the dialect shows it anyway)
 * @param maxTokens the client's limit on output, 0 where it set none
 * @param estimatedInputTokens a cheap, rather high estimate: (bytes of the body - bytes of inline media) / 4, plus 1,000 for
 *     each image, document or recording
 * @param user the end user's opaque id as the client stated it, for sticky routing; never to be logged
 * @param choices how many answers it asks for, each of which may have {@code maxTokens}; at least 1
 * @param tags that its client gave it in its body, as LiteLLM's clients do; as they are, so not to be trusted in number or length
 * @param tools names of the tools that it offers; of those of a vendor's own that have none, their types
 * @param extras what of it may be billed beside the tokens of its text
 */
public record Inspected(
        String model,
        boolean stream,
        boolean includeUsage,
        long maxTokens,
        Set<Feature> features,
        long estimatedInputTokens,
        int messageCount,
        @Nullable String user,
        long choices,
        List<String> tags,
        Set<String> tools,
        AskedExtras extras) {

    /** One without tags, that offers no tools. */
    public Inspected(
            String model,
            boolean stream,
            boolean includeUsage,
            long maxTokens,
            Set<Feature> features,
            long estimatedInputTokens,
            int messageCount,
            @Nullable String user,
            long choices) {
        this(
                model,
                stream,
                includeUsage,
                maxTokens,
                features,
                estimatedInputTokens,
                messageCount,
                user,
                choices,
                List.of(),
                Set.of(),
                AskedExtras.NONE);
    }

    /** One that asks for one answer. */
    public Inspected(
            String model,
            boolean stream,
            boolean includeUsage,
            long maxTokens,
            Set<Feature> features,
            long estimatedInputTokens,
            int messageCount,
            @Nullable String user) {
        this(model, stream, includeUsage, maxTokens, features, estimatedInputTokens, messageCount, user, 1);
    }

    public Inspected {
        features = Set.copyOf(features);
        tags = List.copyOf(tags);
        tools = Set.copyOf(tools);
    }

    /** The same, with tags that its client gave it. */
    public Inspected withTags(List<String> given) {
        return given.isEmpty() ? this : with(given, tools, extras);
    }

    /** This one, offering such tools. */
    public Inspected offering(Set<String> named) {
        return named.isEmpty() ? this : with(tags, named, extras);
    }

    /** This one, of another model. */
    public Inspected of(String otherModel) {
        return new Inspected(
                otherModel,
                stream,
                includeUsage,
                maxTokens,
                features,
                estimatedInputTokens,
                messageCount,
                user,
                choices,
                tags,
                tools,
                extras);
    }

    /** This one, with that beside its text. */
    public Inspected beside(AskedExtras besides) {
        return besides.equals(extras) ? this : with(tags, tools, besides);
    }

    private Inspected with(List<String> given, Set<String> named, AskedExtras besides) {
        return new Inspected(
                model,
                stream,
                includeUsage,
                maxTokens,
                features,
                estimatedInputTokens,
                messageCount,
                user,
                choices,
                given,
                named,
                besides);
    }
}
