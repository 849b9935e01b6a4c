package dev.laneway.dialects.responses;

import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.AnswerFold;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a response that is not streamed. Of several answers the first counts: a response has one. */
final class WholeRenderer implements AnswerRenderer {
    private static final byte[] NOTHING = new byte[0];

    private final RenderContext context;
    private final Echo echo;
    private final ResponseWriter response;
    private final AnswerFold fold = new AnswerFold();
    private final ByteText out = new ByteText(1024);
    private final ByteText piece = new ByteText(256);
    private final List<byte[]> items = new ArrayList<>();
    private final List<byte[]> content = new ArrayList<>();

    WholeRenderer(RenderContext context, Echo echo) {
        this.context = context;
        this.echo = echo;
        this.response = ResponseWriter.of(context, echo);
    }

    @Override
    public byte[] on(ChatEvent event) {
        fold.on(event);
        return NOTHING;
    }

    @Override
    public byte[] complete() {
        response.vendorModel(fold.vendorModel());
        var choice = fold.first();
        var parts = choice.parts();
        var refused = parts.stream().anyMatch(Part.Refusal.class::isInstance);
        var incomplete = Ending.incomplete(choice.reason(), refused);
        var status = incomplete == null ? ItemWriter.COMPLETED : ItemWriter.INCOMPLETE;
        for (var i = 0; i < parts.size(); i++) {
            part(parts.get(i), i == parts.size() - 1 ? status : ItemWriter.COMPLETED);
        }
        message(status);
        response.write(status, incomplete, items, fold.usage(), out);
        return out.take();
    }

    private void part(Part part, String status) {
        switch (part) {
            case Part.Text(var text, var _) -> {
                ItemWriter.text(text, piece);
                content.add(piece.take());
            }
            case Part.Refusal(var text) -> {
                ItemWriter.refusal(text, piece);
                content.add(piece.take());
            }
            case Part.Thinking(var text, var signature) ->
                reasoning(text, signature == null ? null : SealedThought.of(text, signature));
            case Part.RedactedThinking(var data) -> reasoning("", SealedThought.redacted(data));
            case Part.ToolUse(var id, var name, var arguments, var _) -> call(id, name, arguments, status);
            case Part.Image _, Part.Audio _, Part.Document _, Part.ToolResult _, Part.Opaque _ -> {}
        }
    }

    private void message(String status) {
        if (!content.isEmpty()) {
            ItemWriter.message(id("msg"), status, content, piece);
            items.add(piece.take());
            content.clear();
        }
    }

    private void reasoning(String text, @Nullable String encrypted) {
        message(ItemWriter.COMPLETED);
        ItemWriter.reasoning(id("rs"), text, encrypted, piece);
        items.add(piece.take());
    }

    private void call(String id, String name, String arguments, String status) {
        message(ItemWriter.COMPLETED);
        var form = echo.forms().of(name);
        var input = arguments.isEmpty() ? "{}" : arguments;
        ItemWriter.call(
                id(form.custom() ? "ctc" : "fc"),
                status,
                id,
                form,
                form.custom() ? CustomInput.input(input) : input,
                piece);
        items.add(piece.take());
    }

    private String id(String prefix) {
        return ItemIds.item(prefix, context.requestId(), items.size());
    }
}
