package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Said;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Zone;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.provider.RecordingOutbox.SentFailure;
import dev.laneway.provider.RecordingOutbox.SentFrame;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker hands on of a stream that broke off, and what it makes of what was handed on. */
class ContinuationTest {
    private static final String SECRET = "token of the answer ";
    private static final Said SAID = new Said("before:0:0", 4711, 5, 90, 0x7fff);

    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig();
        rig.deployment("d_slow_stream", Zone.CLOUD, Duration.ofSeconds(20), Duration.ofMillis(1_500), null);
        rig.open();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void shouldHandOnWhatACutStreamSaid() throws Exception {
        rig.give(continuable(Scene.of("d_1")));
        ScriptedVendor.Call call = rig.vendor.next();
        call.stream(SECRET);
        Rig.until(() -> !rig.outbox.frames().isEmpty());

        call.cut();

        FailedAttempt failed = rig.failed();
        assertThat(failed.failure().kind()).isEqualTo(FailureKind.CUT_STREAM);
        Said said = Objects.requireNonNull(failed.said());
        Reply.Frame frame = rig.outbox.frames().getFirst().frame();
        assertThat(said.attempt()).isEqualTo(failed.attempt().id());
        assertThat(said.call()).isEqualTo(frame.call());
        assertThat(said.frames()).isEqualTo(failed.frames()).isEqualTo(1);
        assertThat(said.firstOffset()).isEqualTo(100);
        assertThat(failed.toString()).as("the envelope").doesNotContain(SECRET);
        SentFailure sent = rig.outbox.failures().getFirst();
        assertThat(bodyOf(sent, said)).isEqualTo("hello");
        assertThat(beginningOf(sent, said).text()).isEqualTo(SECRET);
    }

    @Test
    void shouldHandOnWhatAStalledStreamSaid() throws Exception {
        rig.give(continuable(Scene.of("d_slow_stream")));

        rig.vendor.next().stream(SECRET);

        assertThat(rig.failed().failure().kind()).isEqualTo(FailureKind.STALLED_STREAM);
        assertThat(rig.failed().said()).isNotNull();
    }

    @Test
    void shouldHandOnNothingWhereTheRouteDoesNotAllowIt() throws Exception {
        rig.give(Scene.of("d_1"));
        ScriptedVendor.Call call = rig.vendor.next();
        call.stream(SECRET);
        Rig.until(() -> !rig.outbox.frames().isEmpty());

        call.cut();

        assertThat(rig.failed().said()).isNull();
        assertThat(rig.outbox.failures().getFirst().body()).asString().isEqualTo("hello");
    }

    @Test
    void shouldHandOnNothingWhereTheBrokerDidNotTakeAFrame() throws Exception {
        rig.outbox.refuseFrames = 1;
        rig.give(continuable(Scene.of("d_1")));

        rig.vendor.next().stream(SECRET);

        assertThat(rig.failed().failure().kind()).isEqualTo(FailureKind.CUT_STREAM);
        assertThat(rig.failed().said()).isNull();
    }

    @Test
    void shouldGoOnWithTheFramesOfAnotherAttempt() throws Exception {
        Taken<Attempt> taken = continuing(Scene.of("d_1"), "hello", "It was said ");
        Future<Void> done = rig.give(taken);

        ScriptedVendor.Call call = rig.vendor.next();
        call.stream("token done").end();

        Rig.until(done::succeeded);
        assertThat(call.body()).isEqualTo("hello");
        assertThat(Objects.requireNonNull(rig.dialect.goesOnWith).text()).isEqualTo("It was said ");
        SentFrame first = rig.outbox.frames().getFirst();
        assertThat(first.frame().seq()).isEqualTo(5);
        assertThat(first.frame().head()).isNotNull();
        assertThat(first.frame().continues()).isEqualTo(new Reply.Continued("before:0:0", 4711));
        assertThat(Objects.requireNonNull(rig.outbox.facts().getFirst().terminal())
                        .firstOffset())
                .as("of the whole answer")
                .isEqualTo(90);
    }

    @Test
    void shouldHandOnWhatBothAttemptsSaid() throws Exception {
        rig.give(continuing(Scene.of("d_1"), "hello", "It was said "));
        ScriptedVendor.Call call = rig.vendor.next();
        call.stream(SECRET);
        Rig.until(() -> !rig.outbox.frames().isEmpty());

        call.cut();

        Said said = Objects.requireNonNull(rig.failed().said());
        assertThat(said.frames()).isEqualTo(6);
        assertThat(said.firstOffset()).isEqualTo(90);
        SentFailure sent = rig.outbox.failures().getFirst();
        assertThat(bodyOf(sent, said)).isEqualTo("hello");
        assertThat(beginningOf(sent, said).text()).isEqualTo("It was said " + SECRET);
    }

    @Test
    void shouldHandOnWhatItWasGivenWhereItSaidNothing() throws Exception {
        Taken<Attempt> taken = continuing(Scene.of("d_1"), "hello", "It was said ");
        rig.give(taken);

        rig.vendor.next().response().setStatusCode(500).end();

        FailedAttempt failed = rig.failed();
        assertThat(failed.frames()).isZero();
        assertThat(failed.said()).isNull();
        assertThat(failed.unfinished()).isEqualTo(taken.event().continues());
        assertThat(rig.outbox.failures().getFirst().body()).isEqualTo(taken.value());
    }

    @Test
    void shouldFailOnAnEnvelopeThatPromisesMoreThanThereIs() {
        Taken<Attempt> taken = with(Scene.of("d_1").taken(), SAID, "hello".getBytes(StandardCharsets.UTF_8));

        rig.give(taken);

        assertThat(rig.kind()).isEqualTo(FailureKind.INTERNAL);
    }

    private static Taken<Attempt> continuable(Scene scene) {
        Taken<Attempt> taken = scene.taken();
        return with(taken, null, taken.value());
    }

    private static Taken<Attempt> continuing(Scene scene, String body, String text) {
        byte[] said = new Beginning("id", 0, 0, false, text, TokenUsage.NONE).bytes();
        byte[] value = Arrays.copyOf(body.getBytes(StandardCharsets.UTF_8), body.length() + said.length);
        System.arraycopy(said, 0, value, body.length(), said.length);
        Said envelope = new Said(SAID.attempt(), SAID.call(), SAID.frames(), SAID.firstOffset(), said.length);
        return with(scene.taken(), envelope, value);
    }

    private static Taken<Attempt> with(Taken<Attempt> taken, Said continues, byte[] value) {
        Attempt was = taken.event();
        Plan plan = Plan.untried("v1", List.copyOf(was.plan().hops()), 2, true, true);
        Attempt attempt = new Attempt(
                was.request(), plan, 0, 0, was.deployment(), was.account(), 0, was.publishedAt(), continues);
        return new Taken<>(attempt, taken.topic(), taken.partition(), taken.offset(), taken.timestamp(), value);
    }

    private static String bodyOf(SentFailure sent, Said said) {
        return new String(Arrays.copyOf(sent.body(), sent.body().length - said.bytes()), StandardCharsets.UTF_8);
    }

    private static Beginning beginningOf(SentFailure sent, Said said) {
        return Beginning.read(Arrays.copyOfRange(sent.body(), sent.body().length - said.bytes(), sent.body().length));
    }
}
