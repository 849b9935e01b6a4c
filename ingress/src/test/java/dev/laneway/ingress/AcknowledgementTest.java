package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Signal;
import dev.laneway.ingress.limits.Waits;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.kafka.SinkException;
import dev.laneway.runtime.meters.MetricTag;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcknowledgementTest {
    private static final Waits PATIENT_WITH_BODIES = new Waits(
            Duration.ofMillis(400),
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(120),
            Duration.ofMillis(10));

    private TestIngress ingress = TestIngress.start();

    @BeforeEach
    void playASlowBroker() {
        ingress.outbox.acknowledges = false;
    }

    @AfterEach
    void close() {
        ingress.close();
    }

    @Test
    void shouldAnswer503WhenTheBrokerDoesNotAcknowledge() throws Exception {
        long before = System.nanoTime();
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();

        HttpResponse<String> answer = TestIngress.answer(pending);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).get().asString().matches("[1-3]");
        assertThat(answer.body()).contains("broker_away").contains(id);
        assertThat((System.nanoTime() - before) / 1_000_000).isBetween(400L, 5_000L);
    }

    @Test
    void shouldGiveTheBrokerItsTimeHoweverSlowlyTheBodyCame() throws Exception {
        ingress.close();
        ingress = TestIngress.start(PATIENT_WITH_BODIES, TestIngress.ROOMY);
        ingress.outbox.acknowledges = false;
        String body = TestIngress.body("smart", false);
        RawClient client = new RawClient(ingress.port)
                .send("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + TestIngress.KEY
                        + "\r\ncontent-length: " + body.length() + "\r\n\r\n");
        letTheAcknowledgementsTimePass();

        client.send(body);
        FakeOutbox.Published published = ingress.outbox.next();
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        published.acknowledge();
        ingress.wholeAnswer(published.request().id(), "{}");

        assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 200");
    }

    /** A request whose body came at once is turned down: by then as much time passed for any that began before. */
    private void letTheAcknowledgementsTimePass() throws Exception {
        var turnedDown = ingress.send(ingress.chat("smart", false));
        ingress.outbox.next();
        TestIngress.answer(turnedDown);
    }

    @Test
    void shouldCancelARequestThatIsAcknowledgedAfterItsClientWasTurnedDown() throws Exception {
        var pending = ingress.send(ingress.chat("smart", true));
        FakeOutbox.Published published = ingress.outbox.next();
        TestIngress.answer(pending);

        published.acknowledge();

        await().untilAsserted(() -> assertThat(ingress.outbox.signals)
                .containsExactly(new Signal.Cancel(published.request().id())));
        assertThat(ingress.inFlight).hasValue(0);
        assertThat(ingress.count(IngressMetric.ACCEPTED, MetricTag.ROUTE, "smart", MetricTag.LANE, "premium"))
                .isEqualTo(1);
        assertThat(failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT, broker_away, true", "AWAY, broker_away, false", "FULL, memory_full, false"})
    void shouldSayThatTheBrokerDidNotTakeIt(SinkException.Reason reason, String code, boolean cancels)
            throws Exception {
        var pending = ingress.send(ingress.chat("smart", true));
        FakeOutbox.Published published = ingress.outbox.next();

        published.fail(sinkException(reason));

        assertThat(TestIngress.answer(pending).body()).contains(code);
        assertThat(ingress.outbox.signals.isEmpty()).isNotEqualTo(cancels);
        assertThat(ingress.count(IngressMetric.REFUSED, MetricTag.REASON, code)).isEqualTo(1);
        assertThat(ingress.memory.held()).isZero();
    }

    @Test
    void shouldSendNothingToTheClientBeforeTheBrokerAcknowledged() throws Exception {
        RawClient client = new RawClient(ingress.port).chat(true);
        ingress.outbox.next();

        String first = client.readUntil("\r\n");

        assertThat(first).startsWith("HTTP/1.1 503");
        client.close();
    }

    @Test
    void shouldTakeAReplyAsProofOfTheAcknowledgement() throws Exception {
        var pending = ingress.send(ingress.chat("smart", false));
        FakeOutbox.Published published = ingress.outbox.next();

        ingress.wholeAnswer(published.request().id(), "{\"early\":1}");
        published.fail(new IOException("the acknowledgement was lost"));

        assertThat(TestIngress.answer(pending).body()).isEqualTo("{\"early\":1}");
        assertThat(ingress.outbox.signals).isEmpty();
        await().untilAsserted(() -> assertThat(ingress.inFlight).hasValue(0));
    }

    private double failed() {
        return ingress.count(
                IngressMetric.FAILED, MetricTag.ROUTE, "smart", MetricTag.LANE, "premium", MetricTag.STATUS, 503);
    }

    /** Its constructors are the sink's own. */
    private static SinkException sinkException(SinkException.Reason reason) throws Exception {
        var constructor = SinkException.class.getDeclaredConstructor(SinkException.Reason.class, String.class);
        constructor.setAccessible(true);
        return constructor.newInstance(reason, "played");
    }
}
