package dev.laneway.dialects.gemini;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import dev.laneway.dialects.neutral.GoogleSignature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the chunks of a stream. A call of a function is told whole, at the end of its candidate, since Gemini has no pieces of
 * arguments. The reason of the end goes out with the usage, as at Google, or last where the vendor reports none.
 */
final class StreamRenderer implements AnswerRenderer {
    private static final class Call {
        final String id;
        final String name;
        final @Nullable String signature;
        final StringBuilder arguments = new StringBuilder();

        Call(String id, String name, @Nullable String signature) {
            this.id = id;
            this.name = name;
            this.signature = signature;
        }
    }

    private static final class Candidate {
        final Map<Integer, Call> calls = new LinkedHashMap<>();
        /** Google's, of what comes next. */
        @Nullable
        String signature;

        @Nullable
        FinishReason reason;

        boolean ended;
    }

    private final RenderContext context;
    private final String id;
    private final ByteText out = new ByteText(512);
    private final SortedMap<Integer, Candidate> candidates = new TreeMap<>();
    private String model;
    private @Nullable TokenUsage usage;

    StreamRenderer(RenderContext context) {
        this(context, context.requestId());
    }

    /** For the rest of a stream that has a beginning. */
    StreamRenderer(RenderContext context, Beginning beginning) {
        this(context, beginning.id());
    }

    private StreamRenderer(RenderContext context, String id) {
        this.context = context;
        this.id = id;
        this.model = context.model();
    }

    @Override
    public byte[] on(ChatEvent event) {
        switch (event) {
            case ChatEvent.Started(var _, var vendorModel) ->
                model = context.model().isEmpty() ? vendorModel : context.model();
            case ChatEvent.TextDelta(var choice, var text) -> text(choice, text);
            case ChatEvent.RefusalDelta(var choice, var text) -> text(choice, text);
            case ChatEvent.ReasoningDelta(var choice, var text) -> {
                begin();
                PartText.thought(text, null, out);
                end(choice);
            }
            case ChatEvent.ReasoningSignature(var choice, var signature) -> {
                if (GoogleSignature.is(signature)) {
                    candidate(choice).signature = signature;
                } else {
                    begin();
                    PartText.thought("", signature, out);
                    end(choice);
                }
            }
            case ChatEvent.RedactedReasoning _ -> {}
            case ChatEvent.ToolCallStarted(var choice, var index, var callId, var name) -> {
                var candidate = candidate(choice);
                candidate.calls.put(index, new Call(callId, name, candidate.signature));
                candidate.signature = null;
            }
            case ChatEvent.ToolArgumentsDelta(var choice, var index, var json) -> {
                var call = candidate(choice).calls.get(index);
                if (call != null) {
                    call.arguments.append(json);
                }
            }
            case ChatEvent.BlockEnded _ -> {}
            case ChatEvent.Finished(var choice, var reason, var _) -> candidate(choice).reason = reason;
            case ChatEvent.UsageReported(var reported) -> {
                usage = reported;
                finished();
            }
            case ChatEvent.Failed _ -> {}
        }
        return out.take();
    }

    private Candidate candidate(int choice) {
        return candidates.computeIfAbsent(choice, _ -> new Candidate());
    }

    private void text(int choice, String text) {
        var candidate = candidate(choice);
        begin();
        PartText.text(text, candidate.signature, out);
        candidate.signature = null;
        end(choice);
    }

    /** Opens a chunk with one candidate, up to its parts. */
    private void begin() {
        out.ascii("data: {\"candidates\":[{\"content\":{\"parts\":[");
    }

    private void end(int choice) {
        out.ascii("],\"role\":\"model\"},\"index\":").number(choice).ascii("}]");
        close();
    }

    private void close() {
        out.ascii(",\"modelVersion\":").quoted(model);
        out.ascii(",\"responseId\":").quoted(id).ascii("}\n\n");
    }

    /** Tells the end of the candidates that have ended since, if there are any, and the usage. */
    private void finished() {
        var separator = "";
        for (var entry : candidates.entrySet()) {
            var candidate = entry.getValue();
            if (candidate.reason != null && !candidate.ended) {
                candidate.ended = true;
                out.ascii(separator.isEmpty() ? "data: {\"candidates\":[" : separator);
                last(entry.getKey(), candidate, candidate.reason);
                separator = ",";
            }
        }
        if (!separator.isEmpty()) {
            out.ascii("]");
            if (usage != null) {
                out.ascii(",\"usageMetadata\":");
                Usage.write(usage, out);
            }
            close();
        }
    }

    private void last(int choice, Candidate candidate, FinishReason reason) {
        out.ascii("{\"content\":{\"parts\":[");
        var separator = "";
        for (var call : candidate.calls.values()) {
            out.ascii(separator);
            PartText.call(call.id, call.name, call.arguments.toString(), call.signature, out);
            separator = ",";
        }
        if (candidate.calls.isEmpty()) {
            PartText.text("", candidate.signature, out);
        }
        out.ascii("],\"role\":\"model\"},\"finishReason\":").quoted(Finish.word(reason));
        out.ascii(",\"index\":").number(choice).ascii("}");
    }

    /** A vendor that said that its answer is whole, and not why: a client waits for a reason. */
    @Override
    public byte[] complete() {
        for (var candidate : candidates.values()) {
            if (candidate.reason == null) {
                candidate.reason = FinishReason.STOP;
            }
        }
        finished();
        return out.take();
    }
}
