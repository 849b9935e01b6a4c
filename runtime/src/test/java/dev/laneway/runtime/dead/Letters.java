package dev.laneway.runtime.dead;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Zone;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.runtime.codec.EventCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Dead letters of one request, which was accepted at {@link #ACCEPTED} and had a minute and a half. */
final class Letters {
    static final long ACCEPTED = 1_760_000_000_000L;
    static final long DEADLINE = ACCEPTED + 90_000;
    static final String ID = RequestIds.next(ACCEPTED);
    static final String REQUESTS = "lw.local.requests.private.interactive";
    static final String ATTEMPTS = "lw.local.attempts.home.private.interactive";
    static final String FAILURES = "lw.local.failures.private.interactive";

    private Letters() {}

    static Request request() {
        return request("private", Zone.LOCAL);
    }

    static Request request(String lane, Zone zone) {
        return RequestFixture.request()
                .id(ID)
                .owner("me")
                .route("secure")
                .lane(lane)
                .zone(zone)
                .acceptedAt(ACCEPTED)
                .deadline(DEADLINE)
                .reply(new ReplyAddress("lw.local.replies", 0))
                .headers(Map.of("anthropic-beta", "words of a client"))
                .build();
    }

    /** The third try, at the first hop. */
    static Attempt attempt() {
        Plan plan = new Plan(
                "v1", List.of(new Hop("home", List.of("d_1"))), 3, true, 0, 3, 3, 3, 0, List.of(), null, List.of(), 0);
        return new Attempt(request(), plan, 0, 2, "d_1", "home", 0, ACCEPTED);
    }

    static byte[] envelope(Request request) {
        return EventCodec.of(Request.class).encode(request);
    }

    static byte[] envelope(Attempt attempt) {
        return EventCodec.of(Attempt.class).encode(attempt);
    }

    static byte[] failure() {
        return EventCodec.of(FailedAttempt.class)
                .encode(new FailedAttempt(
                        attempt(), Failure.of(FailureKind.SERVER_ERROR, "words of a prompt"), true, 0, ACCEPTED));
    }

    /** A letter as a topic has it. */
    static LetterScan.Whole letter(String topic, byte[] envelope) {
        RecordHeaders headers = new RecordHeaders();
        if (envelope != null) {
            headers.add(Event.HEADER, envelope);
        }
        headers.add("other", new byte[] {1});
        headers.add(Marks.of(Marks.ORIGIN, topic + "-2@41"));
        headers.add(Marks.of(Marks.REASON, "handler failed: a defect"));
        headers.add(Marks.of(Marks.FIRST_SEEN, ACCEPTED + 1));
        headers.add(Marks.of(Marks.ORIGIN_TIMESTAMP, ACCEPTED));
        headers.add(Marks.of(Marks.VALUE_BYTES, 8));
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(
                "lw.local.dead.private",
                0,
                5,
                ACCEPTED + 2,
                TimestampType.CREATE_TIME,
                0,
                0,
                ID,
                "a prompt".getBytes(StandardCharsets.UTF_8),
                headers,
                Optional.empty());
        return new LetterScan.Whole(DeadLetter.of(record).orElseThrow(), record);
    }
}
