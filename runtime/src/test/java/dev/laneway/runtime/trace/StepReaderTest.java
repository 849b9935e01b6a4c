package dev.laneway.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Said;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Zone;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.runtime.codec.EventCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class StepReaderTest {
    private static final String SECRET = "what the client wrote";
    private static final String ID = "req_1";

    private final StepReader reader = new StepReader();
    private long offset;

    private static Request request() {
        return RequestFixture.request().id(ID).owner("master").route("smart").lane("routine").stream(true)
                .configVersion("c1")
                .headers(Map.of("anthropic-beta", SECRET))
                .build();
    }

    private static Attempt attempt(int tryNumber) {
        Plan plan =
                new Plan("c1", List.of(new Hop("g", List.of("d_1"))), 2, true, 0, 0, 0, 0, 0, null, null, List.of(), 0);
        return new Attempt(request(), plan, 0, tryNumber, "d_1", "acc-1", 0, 1);
    }

    private <T> TraceStep step(String topic, Class<T> type, T envelope) {
        return raw(topic, EventCodec.of(type).encode(envelope), SECRET.getBytes());
    }

    private TraceStep raw(String topic, byte[] envelope, byte[] value) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(topic, 2, offset++, ID, value);
        if (envelope != null) {
            record.headers().add(Event.HEADER, envelope);
        }
        return reader.read(record);
    }

    private Fact.Attempted fact(int tryNumber, Outcome outcome, Fact.Terminal terminal) {
        return new Fact.Attempted(
                Fact.Subject.of(request()),
                ID + ":0:" + tryNumber,
                "d_1",
                "g",
                "p",
                "acc-1",
                "m",
                Zone.CLOUD,
                "eu",
                outcome,
                outcome == Outcome.FAILED ? FailureKind.OVERLOADED : null,
                outcome == Outcome.FAILED ? 529 : 200,
                true,
                outcome == Outcome.FAILED ? null : TokenUsage.of(7, 3),
                1,
                2,
                3,
                terminal,
                false);
    }

    /** A request whose first call fails and whose second answers, all within one millisecond. */
    private List<TraceStep> story() {
        Failure failure = new Failure(FailureKind.OVERLOADED, SECRET, 529, 0);
        Reply.Head head = new Reply.Head("d_1", Zone.CLOUD, 2, 0, "text/event-stream", Map.of());
        Fact.Terminal terminal = new Fact.Terminal(Status.COMPLETED, 200, null, 2, 0, "lw.cloud.replies", 0, 0, 1);
        List<TraceStep> steps = new ArrayList<>();
        steps.add(step("lw.cloud.requests.routine.interactive", Request.class, request()));
        steps.add(step("lw.cloud.attempts.acc-1.routine.interactive", Attempt.class, attempt(0)));
        steps.add(step(
                "lw.cloud.failures.routine.interactive",
                FailedAttempt.class,
                new FailedAttempt(attempt(0), failure, true, 0, 1)));
        steps.add(step("lw.usage", Fact.class, fact(0, Outcome.FAILED, null)));
        steps.add(step("lw.cloud.attempts.acc-1.routine.interactive", Attempt.class, attempt(1)));
        steps.add(step("lw.cloud.replies", Reply.class, new Reply.Frame(ID, ID + ":0:1", 0, head, null)));
        steps.add(step(
                "lw.cloud.replies",
                Reply.class,
                new Reply.Frame(ID, ID + ":0:1", 1, null, new Reply.End(TokenUsage.of(7, 3)))));
        steps.add(step("lw.usage", Fact.class, fact(1, Outcome.SUCCEEDED, terminal)));
        return steps;
    }

    @Test
    void shouldTellWhatEachRecordIs() {
        assertThat(story())
                .extracting(TraceStep::event)
                .containsExactly("request", "attempt", "failure", "usage", "attempt", "frame", "frame", "usage");
    }

    @Test
    void shouldSayWhatMatters() {
        List<TraceStep> story = story();
        assertThat(story.get(0).summary())
                .isEqualTo("route=smart dialect=openai-chat stream=true config=c1 body=21 bytes");
        assertThat(story.get(2).summary())
                .isEqualTo("attempt=0:0 deployment=d_1 failure=overloaded vendor=529 frames=0");
        assertThat(story.get(6).summary()).isEqualTo("attempt=0:1 seq=1 21 bytes end tokens=7+3");
        assertThat(story.get(7).summary())
                .isEqualTo(
                        "attempt=0:1 deployment=d_1 outcome=succeeded vendor=200 tokens=7+3 status=completed http=200");
        assertThat(story)
                .extracting(TraceStep::terminal)
                .containsOnlyOnce(true)
                .last()
                .isEqualTo(true);
    }

    @Test
    void shouldSayWhoseBeginningAnAttemptContinues() {
        Attempt first = attempt(0);
        Attempt second = new Attempt(
                first.request(), first.plan(), 0, 1, "d_1", "acc-1", 0, 1, new Said(first.id(), 7, 3, 0, 20));

        assertThat(step("lw.cloud.attempts.acc-1.routine.interactive", Attempt.class, second)
                        .summary())
                .isEqualTo("attempt=0:1 deployment=d_1 account=acc-1 fallbacks=0 continues attempt=0:0 from seq=3");
    }

    @Test
    void shouldPutOneMillisecondInTheOrderOfThePipeline() {
        List<TraceStep> story = story();
        List<TraceStep> shuffled = new ArrayList<>(story.reversed());

        assertThat(new Trace(ID, shuffled, true).steps()).isEqualTo(story);
    }

    @Test
    void shouldTellAboutSignalsBodiesAndEnds() {
        assertThat(step("lw.local.signals", Signal.class, new Signal.Cancel(ID)).summary())
                .isEqualTo("cancel");
        assertThat(raw("lw.local.bodies", null, new byte[9]).summary()).isEqualTo("9 bytes");
        assertThat(step(
                                "lw.usage",
                                Fact.class,
                                new Fact.Ended(
                                        Fact.Subject.of(request()),
                                        9,
                                        Fact.Terminal.failed(FailureKind.EXPIRED, 504, 1, 0)))
                        .summary())
                .isEqualTo("ended status=expired http=504 failure=expired");
        assertThat(step(
                                "lw.cloud.replies",
                                Reply.class,
                                new Reply.Failed(ID, Failure.of(FailureKind.TIMEOUT, SECRET), 502, 3, 1))
                        .summary())
                .isEqualTo("status=502 failure=timeout attempts=3 fallbacks=1");
    }

    @Test
    void shouldQuoteNothingOfTheClientOrTheVendor() {
        List<TraceStep> all = new ArrayList<>(story());
        all.add(step(
                "lw.cloud.replies",
                Reply.class,
                new Reply.Failed(ID, Failure.of(FailureKind.TIMEOUT, SECRET), 502, 3, 1)));
        all.add(raw("lw.cloud.dead.routine", SECRET.getBytes(), SECRET.getBytes()));
        all.add(raw("lw.cloud.requests.routine.interactive", SECRET.getBytes(), SECRET.getBytes()));

        assertThat(new Trace(ID, all, true).text()).doesNotContain(SECRET);
        assertThat(new Trace(ID, all, true).json().encode()).doesNotContain(SECRET);
    }

    @Test
    void shouldShowARecordThatNobodyCanRead() {
        assertThat(raw("lw.usage", new byte[] {'{', 1}, null).event()).isEqualTo("record");
        assertThat(raw("lw.usage", null, null).event()).isEqualTo("record");
    }
}
