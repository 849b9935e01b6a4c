package dev.laneway.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.neutral.ChatEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OpenAiChatRenderingTest {
    @Test
    void shouldNumberThoughtsSoThatSdksCanPutThemTogether() {
        var renderer = new StreamRenderer(new RenderContext("r", "m", 1, true, false));

        renderer.on(new ChatEvent.ReasoningDelta(0, "t"));
        var first = text(renderer.on(new ChatEvent.ReasoningSignature(0, "s")));
        var second = text(renderer.on(new ChatEvent.RedactedReasoning(0, "d")));

        assertThat(first).contains("'thinking_blocks':[{'index':0,'type':'thinking','thinking':'t','signature':'s'}]");
        assertThat(second).contains("'thinking_blocks':[{'index':1,'type':'redacted_thinking','data':'d'}]");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace('"', '\'');
    }
}
