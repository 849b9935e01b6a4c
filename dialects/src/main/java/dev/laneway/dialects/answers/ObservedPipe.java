package dev.laneway.dialects.answers;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import org.jspecify.annotations.Nullable;

/** What every pipe remembers, and how it judges an answer that has ended. */
public abstract class ObservedPipe implements AnswerPipe {
    protected static final byte[] NOTHING = new byte[0];

    private final TextTally text = new TextTally();
    private boolean tokenSeen;
    private boolean finished;
    private @Nullable FinishReason finishReason;
    private @Nullable TokenUsage usage;
    private @Nullable Failure failure;

    protected final void sawToken() {
        tokenSeen = true;
    }

    /** Where what the model wrote is counted: each text once, whoever reads it. */
    protected final TextTally text() {
        return text;
    }

    /** Counts what an event says; signatures are no tokens. */
    protected final void count(ChatEvent event) {
        switch (event) {
            case ChatEvent.TextDelta delta -> text.add(delta.text());
            case ChatEvent.ReasoningDelta delta -> text.add(delta.text());
            case ChatEvent.RefusalDelta delta -> text.add(delta.text());
            case ChatEvent.ToolCallStarted started -> text.add(started.name());
            case ChatEvent.ToolArgumentsDelta delta -> text.add(delta.json());
            case ChatEvent.RedactedReasoning redacted -> text.add(redacted.data());
            case ChatEvent.Started _,
                    ChatEvent.ReasoningSignature _,
                    ChatEvent.BlockEnded _,
                    ChatEvent.Finished _,
                    ChatEvent.UsageReported _,
                    ChatEvent.Failed _ -> {}
        }
    }

    protected final void sawEnd() {
        finished = true;
    }

    protected final void sawFinish(FinishReason reason) {
        if (finishReason == null) {
            finishReason = reason;
        }
    }

    protected final void sawUsage(TokenUsage reported) {
        usage = reported;
    }

    protected final void fail(Failure reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    protected final void fail(FailureKind kind, String message) {
        fail(Failure.of(kind, message));
    }

    protected final boolean failed() {
        return failure != null;
    }

    protected final boolean over() {
        return finished || failure != null;
    }

    /**
     * An answer that is whole but says nothing is a failure, so that another vendor may be asked: of the content policy where
     * the vendor's filter withheld it, else an empty one. A limit that cut everything off, a refusal and a pause are answers.
     */
    protected final void judgeContent() {
        if (tokenSeen || failure != null) {
            return;
        }
        var reason = finishReason == null ? FinishReason.STOP : finishReason;
        switch (reason) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS -> fail(FailureKind.EMPTY_ANSWER, "The vendor's answer was empty.");
            case CONTENT_FILTER -> fail(FailureKind.CONTENT_POLICY, "The vendor's content filter withheld the answer.");
            case LENGTH, REFUSAL, PAUSED, CONTEXT_WINDOW -> {}
        }
    }

    /** Whether {@link #judgeContent} will find nothing in an answer that is known to have ended. */
    protected final boolean endedHollow() {
        return !tokenSeen
                && switch (finishReason) {
                    case null -> false;
                    case STOP, STOP_SEQUENCE, TOOL_CALLS, CONTENT_FILTER -> true;
                    case LENGTH, REFUSAL, PAUSED, CONTEXT_WINDOW -> false;
                };
    }

    @Override
    public final boolean tokenSeen() {
        return tokenSeen;
    }

    @Override
    public final long tokensSeen() {
        return tokenSeen ? Math.max(1, text.tokens()) : 0;
    }

    @Override
    public final boolean finished() {
        return finished;
    }

    @Override
    public final @Nullable FinishReason finishReason() {
        return finishReason;
    }

    @Override
    public final @Nullable TokenUsage usage() {
        return usage;
    }

    @Override
    public final @Nullable Failure failure() {
        return failure;
    }
}
