package dev.laneway.dialects.continuing;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.neutral.FinishReason;
import org.jspecify.annotations.Nullable;

/** A pipe that keeps what its client is told. One answer, one thread. */
public final class RecordingPipe implements AnswerPipe {
    private final AnswerPipe pipe;
    private final Transcript transcript;
    private final TokenUsage before;

    /** @param continuation as the exchange was opened with */
    public RecordingPipe(AnswerPipe pipe, Transcript transcript, Continuation continuation) {
        this.pipe = pipe;
        this.transcript = transcript;
        this.before = continuation.before();
    }

    @Override
    public byte[] feed(byte[] bytes, int offset, int length) {
        var told = pipe.feed(bytes, offset, length);
        transcript.on(told);
        return told;
    }

    /** After it there is nothing to go on with: its frames are the answer's end. */
    @Override
    public byte[] end() {
        return pipe.end();
    }

    @Override
    public byte[] beginning() {
        var told = transcript.beginning();
        if (told == null || pipe.finishReason() != null) {
            return AnswerPipe.super.beginning();
        }
        var reported = pipe.usage();
        return told.withUsage(reported == null ? before : before.plus(reported)).bytes();
    }

    @Override
    public boolean tokenSeen() {
        return pipe.tokenSeen();
    }

    @Override
    public long tokensSeen() {
        return pipe.tokensSeen();
    }

    @Override
    public boolean finished() {
        return pipe.finished();
    }

    @Override
    public @Nullable FinishReason finishReason() {
        return pipe.finishReason();
    }

    @Override
    public @Nullable TokenUsage usage() {
        return pipe.usage();
    }

    @Override
    public @Nullable Failure failure() {
        return pipe.failure();
    }
}
