package dev.laneway.dialects.neutral;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chat request in no vendor's words.
 *
 * @param model as the client wrote it
 * @param messages in order; may hold several of one role in a row
 * @param includeUsage whether a stream's client asked to see usage
 */
public record ChatRequest(
        String model,
        List<Message> messages,
        Tooling tooling,
        Sampling sampling,
        Output output,
        boolean stream,
        boolean includeUsage,
        Origin origin,
        Extras extras) {

    public ChatRequest {
        messages = List.copyOf(messages);
    }

    /** The tools on offer and how they may be used. */
    public record Tooling(
            List<Tool> tools,
            @Nullable ToolChoice choice,
            @Nullable Boolean parallel) {

        public static final Tooling NONE = new Tooling(List.of(), null, null);

        public Tooling {
            tools = List.copyOf(tools);
        }
    }

    /**
     * How the model draws its tokens. Ranges are the origin's; null where unsaid.
     *
     * @param n how many answers; 1 where unsaid
     * @param logitBias token id to bias
     */
    public record Sampling(
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer topK,
            @Nullable Double frequencyPenalty,
            @Nullable Double presencePenalty,
            @Nullable Long seed,
            int n,
            @Nullable Integer topLogprobs,
            Map<String, Double> logitBias) {

        public static final Sampling UNSAID = new Sampling(null, null, null, null, null, null, 1, null, Map.of());

        public Sampling {
            logitBias = Map.copyOf(logitBias);
        }
    }

    /** What the answer is to be like, and where it must end. */
    public record Output(
            @Nullable Integer maxTokens,
            List<String> stop,
            @Nullable Reasoning reasoning,
            @Nullable ResponseFormat format,
            @Nullable String verbosity) {

        public static final Output UNSAID = new Output(null, List.of(), null, null, null);

        public Output {
            stop = List.copyOf(stop);
        }
    }

    /**
     * On whose behalf and in which class of service the request is made.
     *
     * @param user the end user's opaque id
     * @param metadata the client's own labels
     * @param serviceTier the vendor's word for it
     */
    public record Origin(
            @Nullable String user,
            Map<String, String> metadata,
            @Nullable String serviceTier) {

        public static final Origin UNSAID = new Origin(null, Map.of(), null);

        public Origin {
            metadata = Map.copyOf(metadata);
        }
    }
}
