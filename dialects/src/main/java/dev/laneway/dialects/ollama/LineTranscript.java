package dev.laneway.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Transcript;
import dev.laneway.dialects.ndjson.LineFramer;
import org.jspecify.annotations.Nullable;

/** Keeps what lines told their client, in either form. */
final class LineTranscript extends Transcript {
    private final LineFramer lines = new LineFramer();
    private boolean inText;

    LineTranscript(@Nullable Beginning before) {
        super(before);
        inText = before != null;
    }

    @Override
    protected void cut(byte[] sent) {
        lines.feed(sent, 0, sent.length);
        while (lines.next()) {
            data(lines.bytes(), lines.lineStart(), lines.lineEnd());
        }
    }

    @Override
    protected void frame(JsonNode line) {
        var message = line.path("message");
        var text = message.path("content").asText(line.path("response").asText(""));
        var thought = message.path("thinking").asText(line.path("thinking").asText(""));
        if (line.path("done").asBoolean()
                || !message.path("tool_calls").isEmpty()
                || !line.path("logprobs").isEmpty()) {
            spoilt();
        } else if (!text.isEmpty()) {
            inText = true;
            said(text);
        } else if (!thought.isEmpty()) {
            inText = false;
        }
    }

    @Override
    protected boolean inText() {
        return inText;
    }

    @Override
    protected int block() {
        return 0;
    }

    @Override
    protected boolean open() {
        return false;
    }
}
