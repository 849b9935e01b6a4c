package dev.laneway.provider.claims;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.TokenUsage;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What the log was seen to hold of one attempt, record by record in the log's order. Not safe across threads. */
final class Findings {
    private final Map<Integer, Answer> answers = new HashMap<>();
    private boolean told;
    private @Nullable FailedAttempt failed;

    /** The frames of one call. */
    private static final class Answer {
        String topic = "";
        int partition;
        int frames;
        int next;
        long firstOffset = -1;
        long lastOffset;
        long firstAt;
        long lastAt;
        boolean whole;

        @Nullable
        TokenUsage usage;
    }

    /** One that came late ends nothing: who told it left the end to another worker. */
    void fact(Fact.Attempted seen) {
        told = told || !seen.late();
    }

    void failed(FailedAttempt seen) {
        if (failed == null) {
            failed = seen;
        }
    }

    /** Frames come in order, and one that is there twice counts once; those of a continued answer don't begin with 0. */
    void frame(Reply.Frame frame, ConsumerRecord<String, byte[]> record) {
        Answer answer = answers.computeIfAbsent(frame.call(), call -> new Answer());
        if (answer.frames > 0 && frame.seq() != answer.next) {
            return;
        }
        answer.frames++;
        answer.next = frame.seq() + 1;
        answer.topic = record.topic();
        answer.partition = record.partition();
        answer.lastOffset = record.offset();
        answer.lastAt = record.timestamp();
        if (answer.firstOffset < 0) {
            answer.firstOffset = record.offset();
            answer.firstAt = record.timestamp();
        }
        if (frame.end() != null) {
            answer.whole = true;
            answer.usage = frame.end().usage();
        }
    }

    Remains remains() {
        if (told) {
            return new Remains.Told();
        }
        if (failed != null) {
            return new Remains.Failed(failed);
        }
        for (Answer answer : answers.values()) {
            if (answer.whole) {
                return new Remains.Answered(
                        answer.usage,
                        answer.topic,
                        answer.partition,
                        answer.firstOffset,
                        answer.lastOffset,
                        answer.frames,
                        answer.firstAt,
                        answer.lastAt);
            }
        }
        return new Remains.Unknown(answers.values().stream()
                .mapToInt(answer -> answer.frames)
                .max()
                .orElse(0));
    }
}
