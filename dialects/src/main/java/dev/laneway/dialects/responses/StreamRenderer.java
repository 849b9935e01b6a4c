package dev.laneway.dialects.responses;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of a streamed response. Its head goes out before the first item; items follow one another, but for parallel calls,
 * which may be open together. Of several answers the first counts: a response has one. One answer, one thread.
 */
final class StreamRenderer implements AnswerRenderer {
    private static final byte[] NOTHING = new byte[0];

    private final Echo echo;
    private final EventWriter events;
    private final ResponseWriter response;
    private final OutputItems items;
    private boolean opened;
    private FinishReason reason = FinishReason.STOP;
    private @Nullable TokenUsage usage;

    StreamRenderer(RenderContext context, Echo echo) {
        this.echo = echo;
        this.events = new EventWriter(0);
        this.response = ResponseWriter.of(context, echo);
        this.items = new OutputItems(context.requestId(), events);
    }

    /** For the rest of a stream that has a beginning: its reasoning is in the events before, not in the final response. */
    StreamRenderer(RenderContext context, Echo echo, Beginning beginning) {
        var place = Place.of(beginning.id());
        this.echo = echo;
        this.events = new EventWriter(place.sequence());
        this.response = new ResponseWriter(place.response(), beginning.created(), context.model(), echo);
        this.items = new OutputItems(context.requestId(), events);
        items.resume(beginning.block(), place.message(), beginning.text());
        opened = true;
    }

    @Override
    public byte[] on(ChatEvent event) {
        switch (event) {
            case ChatEvent.Started(var _, var model) -> response.vendorModel(model);
            case ChatEvent.TextDelta(var choice, var text)
            when choice == 0 -> {
                open();
                items.text(text);
            }
            case ChatEvent.RefusalDelta(var choice, var text)
            when choice == 0 -> {
                open();
                items.refusal(text);
            }
            case ChatEvent.ReasoningDelta(var choice, var text)
            when choice == 0 -> {
                open();
                items.thought(text);
            }
            case ChatEvent.ReasoningSignature(var choice, var signature)
            when choice == 0 -> {
                open();
                items.sign(signature);
            }
            case ChatEvent.RedactedReasoning(var choice, var data)
            when choice == 0 -> {
                open();
                items.redacted(data);
            }
            case ChatEvent.ToolCallStarted(var choice, var index, var id, var name)
            when choice == 0 -> {
                open();
                items.call(index, id, echo.forms().of(name));
            }
            case ChatEvent.ToolArgumentsDelta(var choice, var index, var json)
            when choice == 0 -> items.arguments(index, json);
            case ChatEvent.BlockEnded(var choice) when choice == 0 -> items.blockEnded();
            case ChatEvent.Finished(var choice, var why, var _)
            when choice == 0 -> {
                open();
                reason = why;
                items.close(status());
            }
            case ChatEvent.UsageReported(var reported) -> usage = reported;
            case ChatEvent.TextDelta _,
                    ChatEvent.RefusalDelta _,
                    ChatEvent.ReasoningDelta _,
                    ChatEvent.ReasoningSignature _,
                    ChatEvent.RedactedReasoning _,
                    ChatEvent.ToolCallStarted _,
                    ChatEvent.ToolArgumentsDelta _,
                    ChatEvent.BlockEnded _,
                    ChatEvent.Finished _,
                    ChatEvent.Failed _ -> {}
        }
        return events.isEmpty() ? NOTHING : events.take();
    }

    private @Nullable String incomplete() {
        return Ending.incomplete(reason, items.refusalSaid());
    }

    private String status() {
        return incomplete() == null ? ItemWriter.COMPLETED : ItemWriter.INCOMPLETE;
    }

    private void open() {
        if (!opened) {
            opened = true;
            head("response.created");
            head("response.in_progress");
        }
    }

    private void head(String type) {
        ByteText out = events.begin(type).ascii(",\"response\":");
        response.write(ItemWriter.IN_PROGRESS, null, List.of(), null, out);
        events.end();
    }

    @Override
    public byte[] complete() {
        open();
        items.close(status());
        ByteText out = events.begin("response." + status()).ascii(",\"response\":");
        response.write(status(), incomplete(), items.done().values(), usage, out);
        events.end();
        return events.take();
    }
}
