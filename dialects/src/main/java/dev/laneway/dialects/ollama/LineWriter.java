package dev.laneway.dialects.ollama;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.FinishReason;
import org.jspecify.annotations.Nullable;

/** Writes lines of an answer in either form. One answer, one thread. */
final class LineWriter {
    private final Form form;
    private final Stopwatch watch;
    private final ByteText calls = new ByteText(0);
    private String model;

    LineWriter(Form form, String model, Stopwatch watch) {
        this.form = form;
        this.model = model;
        this.watch = watch;
    }

    /** The name to show, where none was given. */
    void model(String name) {
        if (model.isEmpty()) {
            model = name;
        }
    }

    /** A line that says that much and is not the last. */
    byte[] said(String text, String thought) {
        watch.token();
        var out = new ByteText(160 + text.length() + thought.length());
        open(text, thought, out);
        return out.ascii(",\"done\":false}\n").take();
    }

    /** The last line, or the whole answer; without a line end. */
    ByteText end(String text, String thought, FinishReason reason, @Nullable TokenUsage usage) {
        var out = new ByteText(320 + text.length() + thought.length());
        open(text, thought, out);
        out.ascii(",\"done\":true,\"done_reason\":").quoted(DoneReason.word(reason));
        duration("total_duration", watch.total(), out);
        if (usage != null) {
            out.ascii(",\"prompt_eval_count\":").number(usage.input());
        }
        duration("prompt_eval_duration", watch.ofPrompt(), out);
        if (usage != null) {
            out.ascii(",\"eval_count\":").number(usage.output());
        }
        duration("eval_duration", watch.ofAnswer(), out);
        return out.ascii("}");
    }

    private static void duration(String name, long nanos, ByteText out) {
        out.ascii(",\"").ascii(name).ascii("\":").number(Math.max(0, nanos));
    }

    /**
     * Adds a call to the next line; chat only.
     *
     * @param arguments JSON text as the model wrote it
     */
    void call(String id, String name, String arguments) {
        calls.ascii(calls.isEmpty() ? "" : ",").ascii("{\"id\":").quoted(id);
        calls.ascii(",\"function\":{\"name\":").quoted(name).ascii(",\"arguments\":");
        calls.raw(Json.bytes(Arguments.of(arguments))).ascii("}}");
    }

    private void open(String text, String thought, ByteText out) {
        out.ascii("{\"model\":").quoted(model);
        out.ascii(",\"created_at\":").quoted(watch.now());
        switch (form) {
            case CHAT -> {
                out.ascii(",\"message\":{\"role\":\"assistant\",\"content\":").quoted(text);
                thought(thought, out);
                if (!calls.isEmpty()) {
                    out.ascii(",\"tool_calls\":[").raw(calls.take()).ascii("]");
                }
                out.ascii("}");
            }
            case GENERATE -> {
                out.ascii(",\"response\":").quoted(text);
                thought(thought, out);
            }
        }
    }

    private static void thought(String thought, ByteText out) {
        if (!thought.isEmpty()) {
            out.ascii(",\"thinking\":").quoted(thought);
        }
    }
}
