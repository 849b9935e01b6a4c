package dev.laneway.provider.claims;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.kafka.LogSearch;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a dead holder left: its fact in {@code lw.usage}, its failure, the frames of its answer. */
public final class LogRecall implements Recall {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecall.class);
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);
    private static final EventCodec<FailedAttempt> FAILURES = EventCodec.of(FailedAttempt.class);
    private static final EventCodec<Reply> REPLIES = EventCodec.of(Reply.class);

    private final LogSearch search;

    public LogRecall(LogSearch search) {
        this.search = search;
    }

    @Override
    public Future<Remains> of(Taken<Attempt> taken, long since) {
        Attempt attempt = taken.event();
        Topics.Parsed topic = Topics.parse(taken.topic()).orElseThrow();
        String failures = Topics.failures(topic.zone(), topic.lane(), topic.workClass());
        ReplyAddress reply = attempt.request().reply();
        return search.find(
                        attempt.requestId(),
                        since,
                        name -> name.equals(Topics.USAGE) || name.equals(failures),
                        reply == null ? null : new TopicPartition(reply.topic(), reply.partition()))
                .map(records -> {
                    Findings findings = new Findings();
                    records.forEach(record -> take(record, attempt.id(), findings));
                    return findings.remains();
                });
    }

    private static void take(ConsumerRecord<String, byte[]> record, String attempt, Findings findings) {
        Header header = record.headers().lastHeader(Event.HEADER);
        if (header == null || header.value() == null) {
            return;
        }
        try {
            if (record.topic().equals(Topics.USAGE)) {
                if (FACTS.decode(header.value()) instanceof Fact.Attempted made
                        && made.attempt().equals(attempt)) {
                    findings.fact(made);
                }
            } else if (Topics.parse(record.topic()).isPresent()) {
                FailedAttempt failed = FAILURES.decode(header.value());
                if (failed.attempt().id().equals(attempt)) {
                    findings.failed(failed);
                }
            } else if (REPLIES.decode(header.value()) instanceof Reply.Frame frame
                    && frame.attempt().equals(attempt)) {
                findings.frame(frame, record);
            }
        } catch (UndecodableException e) {
            LOG.warn("{}-{}@{} can't be read: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
