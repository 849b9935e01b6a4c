package dev.laneway.router.kafka;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Topics;
import dev.laneway.router.handling.Outbox;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.kafka.EventSink;
import io.vertx.core.Future;

/**
 * The outbox over two sinks, on their context. What a client waits for is given up after two seconds, and published again. A terminal fact is
 * not: one that was given up too soon would be written twice.
 */
public final class KafkaOutbox implements Outbox {
    private static final EventCodec<Attempt> ATTEMPTS = EventCodec.of(Attempt.class);
    private static final EventCodec<Reply> REPLIES = EventCodec.of(Reply.class);
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);

    private final EventSink sink;
    private final EventSink facts;

    /** @param facts a patient one */
    public KafkaOutbox(EventSink sink, EventSink facts) {
        this.sink = sink;
        this.facts = facts;
    }

    @Override
    public Future<Void> attempt(String topic, Attempt attempt, byte[] body) {
        // by its key: an attempt that is published again, by whatever router, meets the worker that knows it
        return sink.send(topic, attempt, ATTEMPTS.encode(attempt), body).mapEmpty();
    }

    @Override
    public Future<Void> reply(ReplyAddress to, Reply.Failed reply) {
        return sink.send(to, reply, REPLIES.encode(reply), null).mapEmpty();
    }

    @Override
    public Future<Void> fact(Fact.Ended fact) {
        return facts.send(Topics.USAGE, fact, FACTS.encode(fact), null).mapEmpty();
    }
}
