package dev.laneway.router.kafka;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Topics;
import dev.laneway.router.handling.Input;
import dev.laneway.router.handling.Sequel;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.kafka.LogSearch;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for it in the attempts topics of the input's zone, lane and class, and in {@code lw.usage}. */
public final class LogSequel implements Sequel {
    private static final Logger LOG = LoggerFactory.getLogger(LogSequel.class);
    private static final EventCodec<Attempt> ATTEMPTS = EventCodec.of(Attempt.class);
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);

    private final LogSearch search;

    public LogSequel(LogSearch search) {
        this.search = search;
    }

    @Override
    public Future<Boolean> isDrawn(Taken<Input> taken) {
        Topics.Parsed of = Topics.parse(taken.topic()).orElseThrow();
        int after = switch (taken.event()) {
            case Input.Fresh fresh -> -1;
            case Input.Returned returned -> returned.failed().attempt().tryNumber();
        };
        long since = switch (taken.event()) {
            case Input.Fresh fresh -> taken.timestamp();
            // of a failure that was told twice this may be the second record, and what follows from the first be older
            case Input.Returned returned ->
                Math.min(taken.timestamp(), returned.failed().failedAt());
        };
        return search.find(
                        taken.event().request().id(),
                        since,
                        topic -> topic.equals(Topics.USAGE) || isAttemptsOf(topic, of),
                        null)
                .map(records -> records.stream().anyMatch(record -> follows(record, after)));
    }

    private static boolean isAttemptsOf(String topic, Topics.Parsed of) {
        Optional<Topics.Parsed> parsed = Topics.parse(topic);
        return parsed.isPresent()
                && parsed.get().account().isPresent()
                && parsed.get().zone() == of.zone()
                && parsed.get().lane().equals(of.lane())
                && parsed.get().workClass() == of.workClass();
    }

    private static boolean follows(ConsumerRecord<String, byte[]> record, int after) {
        Header header = record.headers().lastHeader(Event.HEADER);
        if (header == null || header.value() == null) {
            return false;
        }
        try {
            return record.topic().equals(Topics.USAGE)
                    ? FACTS.decode(header.value()).terminal() != null
                    : ATTEMPTS.decode(header.value()).tryNumber() > after;
        } catch (UndecodableException e) {
            LOG.warn("{}-{}@{} can't be read: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
            return false;
        }
    }
}
