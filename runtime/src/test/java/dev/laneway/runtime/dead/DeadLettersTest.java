package dev.laneway.runtime.dead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Status;
import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final long NOW = 1_760_000_100_000L;
    private static final String ID = RequestIds.next(NOW - 1_000);
    private static final String REQUESTS = "lw.local.requests.private.interactive";
    private static final String ATTEMPTS = "lw.local.attempts.home.private.interactive";
    private static final String FAILURES = "lw.local.failures.private.interactive";

    private final Meters meters = Meters.create();
    private final Recorder recorder = new Recorder();
    private final DeadLetters letters = new DeadLetters(recorder, meters, () -> NOW);

    @AfterEach
    void close() {
        meters.close();
    }

    /** What was published; facts can be made to fail. */
    private static final class Recorder implements DeadLetters.Outlet {
        final List<ProducerRecord<String, byte[]>> letters = new ArrayList<>();
        final List<Fact.Ended> facts = new ArrayList<>();
        final List<Reply.Failed> replies = new ArrayList<>();
        final List<ReplyAddress> addresses = new ArrayList<>();
        boolean factsFail;
        boolean repliesFail;

        @Override
        public Future<?> letter(ProducerRecord<String, byte[]> letter) {
            letters.add(letter);
            return Future.succeededFuture();
        }

        @Override
        public Future<?> fact(Fact.Ended fact) {
            facts.add(fact);
            return factsFail ? Future.failedFuture("away") : Future.succeededFuture();
        }

        @Override
        public Future<?> reply(ReplyAddress to, Reply.Failed reply) {
            addresses.add(to);
            replies.add(reply);
            return repliesFail ? Future.failedFuture("no such partition") : Future.succeededFuture();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    private static String request(String more) {
        return "{\"id\":\"" + ID + "\",\"owner\":\"me\",\"route\":\"secure\",\"dialect\":\"tongues\",\"acceptedAt\":"
                + (NOW - 1_000) + more + "}";
    }

    private static String reply(String zone) {
        return ",\"reply\":{\"topic\":\"lw." + zone + ".replies\",\"partition\":3}";
    }

    private static ConsumerRecord<String, byte[]> record(String topic, String key, String envelope, byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("other", new byte[] {1});
        if (envelope != null) {
            headers.add(Event.HEADER, envelope.getBytes(StandardCharsets.UTF_8));
        }
        return new ConsumerRecord<>(
                topic, 2, 41, NOW - 500, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }

    private Future<Void> bury(String topic, String envelope) {
        return letters.handle(record(topic, ID, envelope, "a prompt".getBytes(StandardCharsets.UTF_8)), "unreadable");
    }

    private String mark(String name) {
        return Marks.text(recorder.letters.getFirst().headers(), name);
    }

    @Test
    void shouldKeepTheRecordAsItWas() {
        bury(REQUESTS, "{");

        ProducerRecord<String, byte[]> letter = recorder.letters.getFirst();
        assertThat(letter.topic()).isEqualTo("lw.local.dead.private");
        assertThat(letter.key()).isEqualTo(ID);
        assertThat(letter.value()).asString().isEqualTo("a prompt");
        assertThat(letter.headers().lastHeader(Event.HEADER).value()).asString().isEqualTo("{");
        assertThat(letter.headers().lastHeader("other").value()).containsExactly(1);
    }

    @Test
    void shouldSayWhereItWasAndWhy() {
        bury(REQUESTS, "{");

        assertThat(mark(Marks.ORIGIN)).isEqualTo(REQUESTS + "-2@41");
        assertThat(mark(Marks.REASON)).isEqualTo("unreadable");
        assertThat(mark(Marks.ORIGIN_TIMESTAMP)).isEqualTo(String.valueOf(NOW - 500));
        assertThat(mark(Marks.FIRST_SEEN)).isEqualTo(String.valueOf(NOW));
        assertThat(mark(Marks.VALUE_BYTES)).isEqualTo("8");
        assertThat(mark(Marks.LEFT_OUT)).isNull();
    }

    @Test
    void shouldNotBelieveMarksThatTheRecordBrought() {
        ConsumerRecord<String, byte[]> record = record(REQUESTS, ID, "{", null);
        record.headers().add(Marks.of(Marks.REPLAYED_AT, 1)).add(Marks.of(Marks.ORIGIN, "elsewhere"));

        letters.handle(record, "unreadable");

        assertThat(mark(Marks.REPLAYED_AT)).isNull();
        assertThat(recorder.letters.getFirst().headers().headers(Marks.ORIGIN)).hasSize(1);
    }

    @Test
    void shouldLeaveOutAValueThatIsTooLargeForALetter() {
        letters.handle(record(REQUESTS, ID, "{}", new byte[1_000_000]), "oversized");

        assertThat(recorder.letters.getFirst().value()).isNull();
        assertThat(mark(Marks.LEFT_OUT)).isEqualTo("value");
        assertThat(mark(Marks.VALUE_BYTES)).isEqualTo("1000000");
    }

    @Test
    void shouldLeaveOutHeadersThatAreTooLargeForALetter() {
        letters.handle(record(REQUESTS, ID, "x".repeat(950_000), new byte[10]), "oversized");

        assertThat(recorder.letters.getFirst().headers().lastHeader(Event.HEADER))
                .isNull();
        assertThat(mark(Marks.LEFT_OUT)).isEqualTo("value and headers");
    }

    @Test
    void shouldEndTheRequestAndTellItsClient() {
        bury(REQUESTS, request(reply("local") + ",\"deadline\":" + (NOW + 1)));

        Fact.Ended fact = recorder.facts.getFirst();
        assertThat(fact.request().id()).isEqualTo(ID);
        assertThat(fact.request().owner()).isEqualTo("me");
        assertThat(fact.request().route()).isEqualTo("secure");
        assertThat(fact.request().lane()).isEqualTo("private");
        assertThat(fact.terminal().status()).isEqualTo(Status.FAILED);
        assertThat(fact.terminal().failure()).isEqualTo(FailureKind.INTERNAL);
        assertThat(recorder.addresses).containsExactly(new ReplyAddress("lw.local.replies", 3));
        assertThat(recorder.replies.getFirst().requestId()).isEqualTo(ID);
        assertThat(recorder.replies.getFirst().status()).isEqualTo(500);
    }

    @Test
    void shouldNotTellAClientOfAnotherZone() {
        bury(REQUESTS, request(reply("cloud")));

        assertThat(recorder.replies).isEmpty();
        assertThat(recorder.facts).hasSize(1);
    }

    @Test
    void shouldNotTellAClientThatNoLongerWaits() {
        bury(REQUESTS, request(reply("local") + ",\"deadline\":" + NOW));

        assertThat(recorder.replies).isEmpty();
        assertThat(recorder.facts).hasSize(1);
    }

    @Test
    void shouldFindTheRequestInAnAttempt() {
        bury(ATTEMPTS, "{\"request\":" + request(reply("local")) + ",\"plan\":{\"attempts\":2},\"fallbacks\":1}");

        Fact.Terminal terminal = recorder.facts.getFirst().terminal();
        assertThat(terminal.attempts()).as("this one was not made").isEqualTo(1);
        assertThat(terminal.fallbacks()).isEqualTo(1);
        assertThat(recorder.replies).hasSize(1);
    }

    @Test
    void shouldFindTheRequestInAFailure() {
        bury(
                FAILURES,
                "{\"attempt\":{\"request\":" + request(reply("local")) + ",\"plan\":{\"attempts\":2}},\"failure\":{}}");

        assertThat(recorder.facts.getFirst().terminal().attempts()).isEqualTo(2);
        assertThat(recorder.replies).hasSize(1);
    }

    @Test
    void shouldEndTheRequestThatOnlyTheKeyNames() {
        bury(REQUESTS, null);

        assertThat(recorder.facts.getFirst().request().id()).isEqualTo(ID);
        assertThat(recorder.facts.getFirst().request().owner()).isEqualTo(Remains.UNKNOWN);
    }

    @Test
    void shouldNotEndARequestThatTheKeyDenies() {
        letters.handle(record(REQUESTS, RequestIds.next(NOW), request(reply("local")), null), "unreadable");

        assertThat(recorder.letters).hasSize(1);
        assertThat(recorder.facts).isEmpty();
        assertThat(recorder.replies).isEmpty();
    }

    @Test
    void shouldOnlyKeepWhatIsNobodys() {
        Future<Void> done = letters.handle(record(REQUESTS, null, "garbage", null), "unreadable");

        assertThat(done.succeeded()).isTrue();
        assertThat(recorder.letters).hasSize(1);
        assertThat(recorder.facts).isEmpty();
    }

    @Test
    void shouldNotWriteTheLetterAgainWhenOnlyTheFactIsMissing() {
        recorder.factsFail = true;
        Future<Void> first = bury(REQUESTS, request(""));
        recorder.factsFail = false;

        Future<Void> second = bury(REQUESTS, request(""));

        assertThat(first.failed()).isTrue();
        assertThat(second.succeeded()).isTrue();
        assertThat(recorder.letters).hasSize(1);
        assertThat(recorder.facts).hasSize(2);
    }

    @Test
    void shouldNotWaitForAClientThatCantBeTold() {
        recorder.repliesFail = true;

        Future<Void> done = bury(REQUESTS, request(reply("local")));

        assertThat(done.succeeded()).isTrue();
    }

    @Test
    void shouldCount() {
        bury(REQUESTS, request(""));

        assertThat(meters.scrape())
                .contains("laneway_dead_letters_total{lane=\"private\",zone=\"local\"} 1.0")
                .contains("laneway_dead_ended_total{lane=\"private\",zone=\"local\"} 1.0");
    }
}
