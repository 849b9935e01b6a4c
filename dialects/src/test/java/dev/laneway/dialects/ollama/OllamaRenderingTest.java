package dev.laneway.dialects.ollama;

import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Answers as Ollama's clients get them. */
class OllamaRenderingTest {
    private static final long BEGUN = 1_790_000_000;

    private final AtomicLong nanos = new AtomicLong();

    private String render(OllamaInbound dialect, boolean stream, List<ChatEvent> events) {
        var renderer = dialect.by(nanos::get).renderer(new RenderContext("r1", "route", BEGUN, stream, true));
        var out = new StringBuilder();
        for (var event : events) {
            nanos.addAndGet(1_000_000);
            out.append(text(renderer.on(event)));
        }
        nanos.addAndGet(1_000_000);
        return out + text(renderer.complete());
    }

    private static final List<ChatEvent> ANSWER = List.of(
            new ChatEvent.Started("x", "vendor"),
            new ChatEvent.ReasoningDelta(0, "hm"),
            new ChatEvent.TextDelta(0, "hi"),
            new ChatEvent.ToolCallStarted(0, 0, "c1", "f"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "{\"x\":"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "1}"),
            new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null),
            new ChatEvent.UsageReported(TokenUsage.of(3, 4)));

    @Test
    void shouldStreamLines() {
        assertThat(render(OllamaInbound.chat(), true, ANSWER)).isEqualTo("""
                        {'model':'route','created_at':'2026-09-21T14:13:20.002Z','message':{'role':'assistant','content':'','thinking':'hm'},'done':false}
                        {'model':'route','created_at':'2026-09-21T14:13:20.003Z','message':{'role':'assistant','content':'hi'},'done':false}
                        {'model':'route','created_at':'2026-09-21T14:13:20.007Z','message':{'role':'assistant','content':'','tool_calls':[{'id':'c1','function':{'name':'f','arguments':{'x':1}}}]},'done':false}
                        {'model':'route','created_at':'2026-09-21T14:13:20.009Z','message':{'role':'assistant','content':''},'done':true,'done_reason':'stop','total_duration':9000000,'prompt_eval_count':3,'prompt_eval_duration':2000000,'eval_count':4,'eval_duration':7000000}
                        """);
    }

    @Test
    void shouldAnswerInOneObject() {
        assertThat(render(OllamaInbound.chat(), false, ANSWER))
                .isEqualTo(
                        "{'model':'route','created_at':'2026-09-21T14:13:20.009Z','message':{'role':'assistant','content':'hi','thinking':'hm',"
                                + "'tool_calls':[{'id':'c1','function':{'name':'f','arguments':{'x':1}}}]},'done':true,'done_reason':'stop',"
                                + "'total_duration':9000000,'prompt_eval_count':3,'prompt_eval_duration':2000000,'eval_count':4,'eval_duration':7000000}");
    }

    @Test
    void shouldAnswerATextInItsForm() {
        var events = List.<ChatEvent>of(
                new ChatEvent.TextDelta(0, "hi"), new ChatEvent.Finished(0, FinishReason.LENGTH, null));

        assertThat(render(OllamaInbound.generate(), true, events))
                .startsWith("{'model':'route','created_at':'2026-09-21T14:13:20.001Z','response':'hi','done':false}\n")
                .contains("'response':'','done':true,'done_reason':'length'");
    }

    @Test
    void shouldKeepAConnectionOpenWithALineThatSaysNothing() {
        assertThat(text(OllamaInbound.chat().idleFrame("route", BEGUN)))
                .isEqualTo(
                        "{'model':'route','created_at':'2026-09-21T14:13:20Z','message':{'role':'assistant','content':''},'done':false}\n");
    }
}
