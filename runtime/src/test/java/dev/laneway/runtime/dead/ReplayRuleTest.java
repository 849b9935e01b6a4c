package dev.laneway.runtime.dead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.codec.EventCodec;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ReplayRuleTest {
    private static final long IN_TIME = Letters.ACCEPTED + 10_000;
    private static final long TOO_LATE = Letters.DEADLINE + 1_000;

    private static ProducerRecord<String, byte[]> sent(ReplayRule.Decision decision) {
        assertThat(decision).isInstanceOf(ReplayRule.Decision.Send.class);
        return ((ReplayRule.Decision.Send) decision).record();
    }

    private static ReplayRule.Decision.Refuse refused(ReplayRule.Decision decision) {
        assertThat(decision).isInstanceOf(ReplayRule.Decision.Refuse.class);
        return (ReplayRule.Decision.Refuse) decision;
    }

    private static byte[] envelope(ProducerRecord<String, byte[]> record) {
        return record.headers().lastHeader(Event.HEADER).value();
    }

    @Test
    void shouldSendTheRecordAsItWas() {
        byte[] envelope = Letters.envelope(Letters.request());

        ProducerRecord<String, byte[]> record =
                sent(ReplayRule.decide(Letters.letter(Letters.REQUESTS, envelope), Past.NONE, IN_TIME, false));

        assertThat(record.topic()).isEqualTo(Letters.REQUESTS);
        assertThat(record.key()).isEqualTo(Letters.ID);
        assertThat(record.value()).asString().isEqualTo("a prompt");
        assertThat(envelope(record)).isEqualTo(envelope);
        assertThat(record.headers().lastHeader("other")).isNotNull();
        assertThat(Marks.text(record.headers(), Marks.REPLAY_OF)).isEqualTo(Letters.REQUESTS + "-2@41");
        assertThat(record.headers().lastHeader(Marks.REASON)).isNull();
    }

    @Test
    void shouldSendALetterOnce() {
        LetterScan.Whole whole = Letters.letter(Letters.REQUESTS, Letters.envelope(Letters.request()));
        DeadLetter.Replayed before = new DeadLetter.Replayed(IN_TIME, "me", Letters.REQUESTS + "-0@99");
        LetterScan.Whole marked = new LetterScan.Whole(whole.letter().with(before), whole.record());

        ReplayRule.Decision decision = ReplayRule.decide(marked, Past.NONE, IN_TIME, true);

        assertThat(decision).isEqualTo(new ReplayRule.Decision.Already(before));
    }

    @Test
    void shouldNotSendWhatNobodyWaitsFor() {
        LetterScan.Whole whole = Letters.letter(Letters.REQUESTS, Letters.envelope(Letters.request()));

        ReplayRule.Decision.Refuse refusal = refused(ReplayRule.decide(whole, Past.NONE, TOO_LATE, false));

        assertThat(refusal.why()).contains("deadline");
        assertThat(refusal.forceable()).isTrue();
    }

    @Test
    void shouldNotSendWhatHasEnded() {
        LetterScan.Whole whole = Letters.letter(Letters.REQUESTS, Letters.envelope(Letters.request()));
        Past past = new Past(Status.FAILED, Set.of());

        ReplayRule.Decision.Refuse refusal = refused(ReplayRule.decide(whole, past, IN_TIME, false));

        assertThat(refusal.why()).contains("failed").contains("late");
        assertThat(refusal.forceable()).isTrue();
    }

    @Test
    void shouldGiveAForcedRequestTheTimeThatItHad() throws Exception {
        LetterScan.Whole whole = Letters.letter(Letters.REQUESTS, Letters.envelope(Letters.request()));

        ProducerRecord<String, byte[]> record =
                sent(ReplayRule.decide(whole, new Past(Status.FAILED, Set.of()), TOO_LATE, true));

        Request request = EventCodec.of(Request.class).decode(envelope(record));
        assertThat(request.deadline()).isEqualTo(TOO_LATE + 90_000);
        assertThat(request.acceptedAt()).isEqualTo(Letters.ACCEPTED);
        assertThat(record.headers().headers(Event.HEADER)).hasSize(1);
    }

    @Test
    void shouldGiveAForcedAttemptTheTimeThatItHad() throws Exception {
        LetterScan.Whole whole = Letters.letter(Letters.ATTEMPTS, Letters.envelope(Letters.attempt()));

        ProducerRecord<String, byte[]> record = sent(ReplayRule.decide(whole, Past.NONE, TOO_LATE, true));

        Attempt attempt = EventCodec.of(Attempt.class).decode(envelope(record));
        assertThat(attempt.request().deadline()).isEqualTo(TOO_LATE + 90_000);
        assertThat(attempt.id()).isEqualTo(Letters.ID + ":0:2");
    }

    @Test
    void shouldGiveAForcedFailureTheTimeThatItHad() throws Exception {
        LetterScan.Whole whole = Letters.letter(Letters.FAILURES, Letters.failure());

        ProducerRecord<String, byte[]> record = sent(ReplayRule.decide(whole, Past.NONE, TOO_LATE, true));

        FailedAttempt failed = EventCodec.of(FailedAttempt.class).decode(envelope(record));
        assertThat(failed.attempt().request().deadline()).isEqualTo(TOO_LATE + 90_000);
    }

    @Test
    void shouldKeepFieldsThatItDoesNotKnow() throws Exception {
        ObjectMapper json = new ObjectMapper();
        var tree = (com.fasterxml.jackson.databind.node.ObjectNode) json.readTree(Letters.envelope(Letters.request()));
        tree.put("of_tomorrow", true);
        LetterScan.Whole whole = Letters.letter(Letters.REQUESTS, json.writeValueAsBytes(tree));

        ProducerRecord<String, byte[]> record = sent(ReplayRule.decide(whole, Past.NONE, TOO_LATE, true));

        assertThat(json.readTree(envelope(record)).path("of_tomorrow").asBoolean())
                .isTrue();
    }

    @Test
    void shouldNeverSendARequestWhoseAttemptWasMade() {
        LetterScan.Whole whole = Letters.letter(Letters.REQUESTS, Letters.envelope(Letters.request()));
        Past past = new Past(null, Set.of(Letters.ID + ":0:0"));

        ReplayRule.Decision.Refuse refusal = refused(ReplayRule.decide(whole, past, IN_TIME, true));

        assertThat(refusal.why()).contains(Letters.ID + ":0:0");
        assertThat(refusal.forceable()).isFalse();
    }

    @Test
    void shouldNeverSendAnAttemptThatWasMade() {
        LetterScan.Whole whole = Letters.letter(Letters.ATTEMPTS, Letters.envelope(Letters.attempt()));

        ReplayRule.Decision decision =
                ReplayRule.decide(whole, new Past(null, Set.of(Letters.ID + ":0:2")), IN_TIME, true);

        assertThat(refused(decision).forceable()).isFalse();
    }

    @Test
    void shouldSendAnAttemptThatFollowedOthers() {
        LetterScan.Whole whole = Letters.letter(Letters.ATTEMPTS, Letters.envelope(Letters.attempt()));
        Past past = new Past(null, Set.of(Letters.ID + ":0:0", Letters.ID + ":0:1"));

        assertThat(sent(ReplayRule.decide(whole, past, IN_TIME, false)).topic()).isEqualTo(Letters.ATTEMPTS);
    }

    @Test
    void shouldNeverSendAFailureThatWasFollowed() {
        LetterScan.Whole whole = Letters.letter(Letters.FAILURES, Letters.failure());
        Past followed = new Past(null, Set.of(Letters.ID + ":0:2", Letters.ID + ":1:3"));

        assertThat(refused(ReplayRule.decide(whole, followed, IN_TIME, true)).why())
                .contains(":1:3");
    }

    @Test
    void shouldSendAFailureThatWasNotFollowed() {
        LetterScan.Whole whole = Letters.letter(Letters.FAILURES, Letters.failure());
        Past notFollowed = new Past(null, Set.of(Letters.ID + ":0:2"));

        assertThat(sent(ReplayRule.decide(whole, notFollowed, IN_TIME, false)).topic())
                .isEqualTo(Letters.FAILURES);
    }

    @Test
    void shouldNeverSendWhatStillCantBeRead() {
        LetterScan.Whole whole = Letters.letter(Letters.REQUESTS, "{".getBytes(StandardCharsets.UTF_8));

        ReplayRule.Decision.Refuse refusal = refused(ReplayRule.decide(whole, Past.NONE, IN_TIME, true));

        assertThat(refusal.why()).contains("come back");
        assertThat(refusal.forceable()).isFalse();
    }

    @Test
    void shouldNeverSendWhatHasNoEnvelope() {
        LetterScan.Whole whole = Letters.letter(Letters.REQUESTS, null);

        assertThat(refused(ReplayRule.decide(whole, Past.NONE, IN_TIME, true)).forceable())
                .isFalse();
    }

    @Test
    void shouldNeverSendWhatContradictsItsTopic() {
        LetterScan.Whole whole =
                Letters.letter(Letters.REQUESTS, Letters.envelope(Letters.request("premium", Zone.CLOUD)));

        assertThat(refused(ReplayRule.decide(whole, Past.NONE, IN_TIME, true)).why())
                .contains("contradicts its topic");
    }
}
