package dev.laneway.dialects.ollama;

import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.answers.AnswerFold;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.Part;

/** Writes an answer that is no stream; of several choices the first. */
final class WholeRenderer implements AnswerRenderer {
    private static final byte[] NOTHING = new byte[0];

    private final Stopwatch watch;
    private final LineWriter lines;
    private final AnswerFold fold = new AnswerFold();

    WholeRenderer(LineWriter lines, Stopwatch watch) {
        this.lines = lines;
        this.watch = watch;
    }

    @Override
    public byte[] on(ChatEvent event) {
        if (event.isToken()) {
            watch.token();
        }
        fold.on(event);
        return NOTHING;
    }

    @Override
    public byte[] complete() {
        lines.model(fold.vendorModel());
        var text = new StringBuilder();
        var thought = new StringBuilder();
        for (var part : fold.first().parts()) {
            switch (part) {
                case Part.Text(var said, var _) -> text.append(said);
                case Part.Refusal(var said) -> text.append(said);
                case Part.Thinking(var said, var _) -> thought.append(said);
                case Part.ToolUse(var id, var name, var arguments, var _) -> lines.call(id, name, arguments);
                case Part.RedactedThinking _,
                        Part.Image _,
                        Part.Audio _,
                        Part.Document _,
                        Part.ToolResult _,
                        Part.Opaque _ -> {}
            }
        }
        return lines.end(text.toString(), thought.toString(), fold.first().reason(), fold.usage())
                .take();
    }
}
