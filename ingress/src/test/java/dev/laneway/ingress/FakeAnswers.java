package dev.laneway.ingress;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Reply;
import dev.laneway.ingress.reply.AnswerSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers that a test says were given. */
final class FakeAnswers implements AnswerSource {
    /** Frames of requests. */
    final Map<String, List<String>> frames = new ConcurrentHashMap<>();

    volatile Reply.Head head = TestIngress.head(1, 0, "application/json");
    /** Whether the broker is away. */
    volatile boolean away;

    @Override
    public boolean read(Fact.Attempted end, Taker taker) {
        if (away) {
            throw new IllegalStateException("away");
        }
        List<String> texts = frames.get(end.requestId());
        if (texts == null) {
            return false;
        }
        for (int i = 0; i < texts.size(); i++) {
            byte[] bytes = texts.get(i).getBytes(StandardCharsets.UTF_8);
            if (!taker.take(i == 0 ? head : null, bytes, i == texts.size() - 1)) {
                return true;
            }
        }
        return true;
    }
}
