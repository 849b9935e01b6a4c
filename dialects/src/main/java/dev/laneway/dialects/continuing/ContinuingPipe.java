package dev.laneway.dialects.continuing;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerReader;
import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.answers.ObservedPipe;
import dev.laneway.dialects.neutral.ChatEvent;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The answer of a vendor that was to go on, in the frames of the stream that the client has: what it repeats is left out, its
 * reasoning is not shown, and usage is the sum. One that refuses, says nothing new or begins all over is a failure, before anything of it
 * was shown. One answer, one thread.
 */
public final class ContinuingPipe extends ObservedPipe {
    private final AnswerReader reader;
    private final AnswerRenderer renderer;
    private final Joint joint;
    private final TokenUsage before;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean inReasoning;

    /**
     * Before the vendor's first byte.
     *
     * @param renderer one that resumes the client's stream
     * @param prefill as the request was made, {@link Continuation#request}
     */
    public ContinuingPipe(AnswerReader reader, AnswerRenderer renderer, Beginning beginning, boolean prefill) {
        this.reader = reader;
        this.renderer = renderer;
        this.joint = new Joint(beginning.text(), prefill);
        this.before = beginning.usage();
    }

    @Override
    public byte[] feed(byte[] bytes, int offset, int length) {
        if (over()) {
            return NOTHING;
        }
        take(reader.feed(bytes, offset, length));
        if (reader.finished()) {
            sawEnd();
        }
        return written();
    }

    @Override
    public byte[] end() {
        if (failed()) {
            return NOTHING;
        }
        take(reader.end());
        sawEnd();
        flush();
        judgeContent();
        if (failed()) {
            return NOTHING;
        }
        out.writeBytes(renderer.complete());
        return written();
    }

    private byte[] written() {
        if (out.size() == 0) {
            return NOTHING;
        }
        var bytes = out.toByteArray();
        out.reset();
        return bytes;
    }

    private void take(List<ChatEvent> events) {
        for (var event : events) {
            if (!failed()) {
                take(event);
            }
        }
    }

    private void take(ChatEvent event) {
        count(event);
        switch (event) {
            case ChatEvent.Started _ -> {}
            case ChatEvent.TextDelta(var choice, var text) -> {
                inReasoning = false;
                if (choice == 0) {
                    say(joint.add(text));
                }
            }
            case ChatEvent.ReasoningDelta _, ChatEvent.ReasoningSignature _, ChatEvent.RedactedReasoning _ ->
                inReasoning = true;
            case ChatEvent.RefusalDelta _ -> fail(FailureKind.CONTENT_POLICY, "The model that was to go on refused.");
            case ChatEvent.ToolCallStarted started -> {
                inReasoning = false;
                flush();
                sawToken();
                render(started);
            }
            case ChatEvent.ToolArgumentsDelta arguments -> render(arguments);
            case ChatEvent.BlockEnded ended -> {
                if (!inReasoning) {
                    flush();
                    if (tokenSeen()) {
                        render(ended);
                    }
                }
                inReasoning = false;
            }
            case ChatEvent.Finished finished -> {
                flush();
                sawFinish(finished.reason());
                render(finished);
            }
            case ChatEvent.UsageReported(var usage) -> {
                sawUsage(usage);
                render(new ChatEvent.UsageReported(before.plus(usage)));
            }
            case ChatEvent.Failed(var failure) -> fail(failure);
        }
    }

    private void flush() {
        say(joint.end());
    }

    private void say(String text) {
        if (joint.restarted()) {
            fail(FailureKind.MALFORMED, "The model that was to go on began anew.");
        } else if (!text.isEmpty()) {
            sawToken();
            render(new ChatEvent.TextDelta(0, text));
        }
    }

    /** The end of one that said nothing is not told, but what it used is heard: its failure is judged when that is known. */
    private void render(ChatEvent event) {
        if (!failed() && !endedHollow()) {
            out.writeBytes(renderer.on(event));
        }
    }
}
