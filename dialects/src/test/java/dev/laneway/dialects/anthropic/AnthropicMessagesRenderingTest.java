package dev.laneway.dialects.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AnthropicMessagesRenderingTest {
    private static final ChatEvent A = new ChatEvent.ToolCallStarted(0, 0, "a", "f");
    private static final ChatEvent B = new ChatEvent.ToolCallStarted(0, 1, "b", "g");

    @Test
    void shouldPutCallsThatComeSideBySideOneAfterTheOther() {
        var out = render(
                A,
                B,
                new ChatEvent.ToolArgumentsDelta(0, 1, "{\"y\":\"}"),
                new ChatEvent.ToolArgumentsDelta(0, 0, "{\"x\":"),
                new ChatEvent.ToolArgumentsDelta(0, 1, "\"}"),
                new ChatEvent.ToolArgumentsDelta(0, 0, "\"\\\"{\"}"));

        assertThat(shape(out)).isEqualTo("start(f) {\"x\": \"\\\"{\"} stop start(g) {\"y\":\"}\"} stop");
    }

    @Test
    void shouldBeginTheNextCallAsSoonAsTheOneBeforeIsWhole() {
        var renderer = new StreamRenderer(new RenderContext("r", "m", 1, true, true));

        renderer.on(A);
        renderer.on(new ChatEvent.ToolArgumentsDelta(0, 0, "{}"));
        var begun = new String(renderer.on(B), StandardCharsets.UTF_8);

        assertThat(shape(begun)).isEqualTo("stop start(g)");
    }

    @Test
    void shouldEndCallsWithoutArgumentsAtTheEnd() {
        var out = render(A, B, new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));

        assertThat(shape(out)).isEqualTo("start(f) {} stop start(g) {} stop");
        assertThat(out).contains("\"stop_reason\":\"tool_use\"");
    }

    @Test
    void shouldKeepBlocksOfAKindApart() {
        var out = render(
                new ChatEvent.ReasoningDelta(0, "1"),
                new ChatEvent.ReasoningSignature(0, "s"),
                new ChatEvent.RedactedReasoning(0, "d"),
                new ChatEvent.ReasoningSignature(0, "t"),
                new ChatEvent.TextDelta(0, "x"),
                new ChatEvent.BlockEnded(0),
                new ChatEvent.TextDelta(0, "y"),
                new ChatEvent.Finished(0, FinishReason.STOP_SEQUENCE, "END"));

        assertThat(out.split("content_block_start\"")).hasSize(1 + 5);
        assertThat(out.split("content_block_stop\"")).hasSize(1 + 5);
        assertThat(out).contains("\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"");
    }

    @Test
    void shouldFoldTheSameIntoAWholeMessage() {
        var renderer = new WholeRenderer(new RenderContext("r", "m", 1, false, true));

        for (var event : List.of(
                A,
                B,
                new ChatEvent.ToolArgumentsDelta(0, 1, "{\"y\":1}"),
                new ChatEvent.ToolArgumentsDelta(0, 0, "{\"x\":1"),
                new ChatEvent.Finished(0, FinishReason.LENGTH, null))) {
            renderer.on(event);
        }

        assertThat(new String(renderer.complete(), StandardCharsets.UTF_8))
                .contains(
                        "\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":{\"arguments\":\"{\\\"x\\\":1\"}},"
                                + "{\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"g\",\"input\":{\"y\":1}}],\"stop_reason\":\"max_tokens\"");
    }

    private static String render(ChatEvent... events) {
        var renderer = new StreamRenderer(new RenderContext("r", "m", 1, true, true));
        var out = new ByteArrayOutputStream();
        for (var event : events) {
            out.writeBytes(renderer.on(event));
        }
        out.writeBytes(renderer.complete());
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Begins, arguments and ends of blocks, in order. */
    private static String shape(String out) {
        var shape = new StringBuilder();
        var interesting = Pattern.compile(
                "content_block_start.*\"name\":\"(\\w+)\"|\"partial_json\":\"((?:[^\"\\\\]|\\\\.)*)\"|(\"content_block_stop\")");
        var found = interesting.matcher(out);
        while (found.find()) {
            shape.append(shape.isEmpty() ? "" : " ");
            if (found.group(1) != null) {
                shape.append("start(").append(found.group(1)).append(")");
            } else if (found.group(2) != null) {
                shape.append(found.group(2).replace("\\\"", "\"").replace("\\\\", "\\"));
            } else {
                shape.append("stop");
            }
        }
        return shape.toString();
    }
}
