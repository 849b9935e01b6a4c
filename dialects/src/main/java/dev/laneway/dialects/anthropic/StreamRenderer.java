package dev.laneway.dialects.anthropic;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of a Messages stream. Blocks come one after the other: of calls that a vendor tells side by side, the later
 * wait until the earlier is whole; one without arguments says so, since SDKs want to hear it. A vendor that reports usage at its end has zeros in {@code message_start}; {@code
 * message_delta} has them all. Choices after the first have no place.
 */
final class StreamRenderer implements AnswerRenderer {
    private enum Open {
        NOTHING,
        TEXT,
        THINKING,
        TOOL
    }

    private static final class Waiting {
        final String id;
        final String name;
        final StringBuilder arguments = new StringBuilder();

        Waiting(String id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    private final RenderContext context;
    private final ByteText out = new ByteText(512);
    private final Map<Integer, Waiting> waiting = new LinkedHashMap<>();
    private String model;
    private boolean started;
    private Open open = Open.NOTHING;
    private int block = -1;
    private int call = -1;
    private JsonBalance balance = new JsonBalance();
    private TokenUsage usage = TokenUsage.NONE;
    private FinishReason reason = FinishReason.STOP;
    private @Nullable String stopSequence;

    StreamRenderer(RenderContext context) {
        this.context = context;
        this.model = context.model();
    }

    /** For the rest of a stream that has a beginning. */
    StreamRenderer(RenderContext context, Beginning beginning) {
        this(context);
        started = true;
        open = beginning.open() ? Open.TEXT : Open.NOTHING;
        block = beginning.open() ? beginning.block() : beginning.block() - 1;
    }

    @Override
    public byte[] on(ChatEvent event) {
        switch (event) {
            case ChatEvent.Started(var _, var vendorModel) -> {
                model = context.model().isEmpty() ? vendorModel : context.model();
            }
            case ChatEvent.TextDelta(var choice, var text) -> {
                if (choice == 0) {
                    text(text);
                }
            }
            case ChatEvent.RefusalDelta(var choice, var text) -> {
                if (choice == 0) {
                    text(text);
                }
            }
            case ChatEvent.ReasoningDelta(var choice, var text) -> {
                if (choice == 0) {
                    to(Open.THINKING);
                    delta("thinking_delta", "thinking", text);
                }
            }
            case ChatEvent.ReasoningSignature(var choice, var signature) -> {
                if (choice == 0) {
                    to(Open.THINKING);
                    delta("signature_delta", "signature", signature);
                    close();
                }
            }
            case ChatEvent.RedactedReasoning(var choice, var data) -> {
                if (choice == 0) {
                    closeAll();
                    begin().ascii("{\"type\":\"redacted_thinking\",\"data\":")
                            .quoted(data)
                            .ascii("}}\n\n");
                    open = Open.TEXT;
                    close();
                }
            }
            case ChatEvent.ToolCallStarted(var choice, var index, var id, var name) -> {
                if (choice == 0) {
                    waiting.put(index, new Waiting(id, name));
                    advance();
                }
            }
            case ChatEvent.ToolArgumentsDelta(var choice, var index, var json) -> {
                if (choice == 0) {
                    arguments(index, json);
                    advance();
                }
            }
            case ChatEvent.BlockEnded(var choice) -> {
                if (choice == 0) {
                    close();
                    advance();
                }
            }
            case ChatEvent.Finished(var choice, var why, var sequence) -> {
                if (choice == 0) {
                    reason = why;
                    stopSequence = sequence;
                }
            }
            case ChatEvent.UsageReported(var reported) -> usage = reported;
            case ChatEvent.Failed _ -> {}
        }
        return out.take();
    }

    private void text(String text) {
        to(Open.TEXT);
        delta("text_delta", "text", text);
    }

    /** Makes a block of that kind the open one. */
    private void to(Open kind) {
        if (open == kind) {
            return;
        }
        closeAll();
        begin().ascii(
                        kind == Open.TEXT
                                ? "{\"type\":\"text\",\"text\":\"\"}}\n\n"
                                : "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n");
        open = kind;
    }

    private ByteText begin() {
        start();
        return out.ascii("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":")
                .number(++block)
                .ascii(",\"content_block\":");
    }

    private void delta(String type, String field, String text) {
        out.ascii("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":")
                .number(block)
                .ascii(",\"delta\":{\"type\":\"")
                .ascii(type)
                .ascii("\",\"")
                .ascii(field)
                .ascii("\":")
                .quoted(text)
                .ascii("}}\n\n");
    }

    private void close() {
        if (open == Open.TOOL && !balance.begun()) {
            delta("input_json_delta", "partial_json", "{}");
        }
        if (open != Open.NOTHING) {
            out.ascii("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":")
                    .number(block)
                    .ascii("}\n\n");
            open = Open.NOTHING;
            call = -1;
        }
    }

    private void arguments(int index, String json) {
        var later = waiting.get(index);
        if (later != null) {
            later.arguments.append(json);
        } else if (open == Open.TOOL && call == index) {
            balance.add(json);
            delta("input_json_delta", "partial_json", json);
        }
    }

    /** Begins the calls that wait, as far as the one before is whole. */
    private void advance() {
        while (!waiting.isEmpty() && (open != Open.TOOL || balance.isWhole())) {
            next();
        }
    }

    private void next() {
        close();
        var first = waiting.entrySet().iterator().next();
        waiting.remove(first.getKey());
        var tool = first.getValue();
        begin().ascii("{\"type\":\"tool_use\",\"id\":").quoted(tool.id);
        out.ascii(",\"name\":").quoted(tool.name).ascii(",\"input\":{}}}\n\n");
        open = Open.TOOL;
        call = first.getKey();
        balance = new JsonBalance();
        if (!tool.arguments.isEmpty()) {
            arguments(call, tool.arguments.toString());
        }
    }

    private void closeAll() {
        while (!waiting.isEmpty()) {
            next();
        }
        close();
    }

    private void start() {
        if (started) {
            return;
        }
        started = true;
        out.ascii("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":")
                .quoted("msg_" + context.requestId())
                .ascii(",\"type\":\"message\",\"role\":\"assistant\",\"model\":")
                .quoted(model)
                .ascii(",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":");
        UsageTally.write(usage, out);
        out.ascii("}}\n\n");
    }

    @Override
    public byte[] complete() {
        start();
        closeAll();
        out.ascii("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":")
                .quoted(StopReason.word(reason))
                .ascii(",\"stop_sequence\":");
        if (stopSequence == null) {
            out.ascii("null");
        } else {
            out.quoted(stopSequence);
        }
        out.ascii("},\"usage\":");
        UsageTally.write(usage, out);
        return out.ascii("}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n")
                .take();
    }
}
