package dev.laneway.dialects.continuing;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.neutral.Reasoning;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an attempt's answer may be gone on with by another, and whether it goes on itself.
 *
 * @param possible whether to keep what the client is told
 * @param beginning what it was told already; null for an attempt that answers from the start
 */
public record Continuation(boolean possible, @Nullable Beginning beginning) {
    /** An attempt that is the only one to speak. */
    public static final Continuation NONE = new Continuation(false, null);
    /** An attempt that speaks first. */
    public static final Continuation POSSIBLE = new Continuation(true, null);

    private static final String INSTRUCTION =
            "Your last message was cut off by a broken connection. Go on with it exactly where it stops, in the middle of a word"
                    + " if it stops there. Write only what follows: repeat nothing of it, and don't comment on this.";

    private static final int BYTES_PER_TOKEN = 4;

    /** An attempt that goes on. */
    public static Continuation of(Beginning beginning) {
        return new Continuation(true, beginning);
    }

    /** What the broken calls reported. */
    TokenUsage before() {
        return beginning == null ? TokenUsage.NONE : beginning.usage();
    }

    /**
     * The client's request with what was said, to be gone on with.
     *
     * @param prefill whether the vendor takes the assistant's last turn for the beginning of its answer; else it is told to go on
     */
    public static ChatRequest request(ChatRequest asked, Beginning beginning, boolean prefill) {
        var messages = new ArrayList<>(asked.messages());
        messages.add(new Message(Message.Role.ASSISTANT, List.of(new Part.Text(beginning.text()))));
        if (!prefill) {
            messages.add(new Message(Message.Role.USER, List.of(new Part.Text(INSTRUCTION))));
        }
        var output = asked.output();
        return new ChatRequest(
                asked.model(),
                messages,
                asked.tooling(),
                asked.sampling(),
                new ChatRequest.Output(
                        left(output.maxTokens(), beginning.text()),
                        output.stop(),
                        reasoning(output.reasoning(), prefill),
                        output.format(),
                        output.verbosity()),
                asked.stream(),
                asked.includeUsage(),
                asked.origin(),
                asked.extras());
    }

    /** The target with the operator's limit on output lowered, too. */
    public static Target target(Target target, Beginning beginning) {
        var policy = target.policy();
        return new Target(
                target.provider(),
                target.model(),
                target.endpoint(),
                target.attemptId(),
                target.stream(),
                target.clientHeaders(),
                new Target.Policy(left(policy.maxTokens(), beginning.text()), policy.dropParams()));
    }

    private static @Nullable Integer left(@Nullable Integer maxTokens, String text) {
        return maxTokens == null
                ? null
                : Math.max(1, maxTokens - text.getBytes(StandardCharsets.UTF_8).length / BYTES_PER_TOKEN);
    }

    /** A turn that is given a beginning has thought already; and a budget of thoughts could be more than what is left of the limit. */
    private static @Nullable Reasoning reasoning(@Nullable Reasoning asked, boolean prefill) {
        if (asked == null || asked.mode() == Reasoning.Mode.DISABLED) {
            return asked;
        }
        return prefill || asked.mode() == Reasoning.Mode.BUDGET ? null : asked;
    }
}
