package dev.laneway.dialects.answers;

import dev.laneway.dialects.AnswerReader;
import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.neutral.ChatEvent;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** From a vendor's dialect to the caller's, event by event. */
public final class TranslatingPipe extends ObservedPipe {
    private final AnswerReader reader;
    private final AnswerRenderer renderer;

    public TranslatingPipe(AnswerReader reader, AnswerRenderer renderer) {
        this.reader = reader;
        this.renderer = renderer;
    }

    @Override
    public byte[] feed(byte[] bytes, int offset, int length) {
        if (over()) {
            return NOTHING;
        }
        var rendered = render(reader.feed(bytes, offset, length));
        if (reader.finished()) {
            sawEnd();
        }
        return rendered;
    }

    @Override
    public byte[] end() {
        if (failed()) {
            return NOTHING;
        }
        var out = new ByteArrayOutputStream();
        out.writeBytes(render(reader.end()));
        sawEnd();
        judgeContent();
        if (failed()) {
            return NOTHING;
        }
        out.writeBytes(renderer.complete());
        return out.toByteArray();
    }

    private byte[] render(List<ChatEvent> events) {
        if (events.size() == 1) {
            return render(events.getFirst());
        }
        var out = new ByteArrayOutputStream();
        for (var event : events) {
            out.writeBytes(render(event));
        }
        return out.size() == 0 ? NOTHING : out.toByteArray();
    }

    private byte[] render(ChatEvent event) {
        if (failed()) {
            return NOTHING;
        }
        if (event.isToken()) {
            sawToken();
        }
        count(event);
        switch (event) {
            case ChatEvent.Failed(var failure) -> {
                fail(failure);
                return NOTHING;
            }
            case ChatEvent.Finished(var _, var reason, var _) -> sawFinish(reason);
            case ChatEvent.UsageReported(var usage) -> sawUsage(usage);
            default -> {}
        }
        return renderer.on(event);
    }
}
