package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Zone;
import dev.laneway.provider.claims.Remains;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig();
        rig.deployment("d_hasty", Zone.CLOUD, Duration.ofMillis(200), Duration.ofMillis(200), null);
        rig.deployment("d_slow_stream", Zone.CLOUD, Duration.ofSeconds(20), Duration.ofMillis(200), null);
        rig.open();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({"500,SERVER_ERROR", "503,OVERLOADED", "429,RATE_LIMITED", "401,UNAUTHORIZED", "400,REJECTED"})
    void shouldTypeTheVendorsStatus(int status, FailureKind kind) throws Exception {
        rig.give(Scene.of("d_1"));

        rig.vendor.next().response().setStatusCode(status).end("because");

        FailedAttempt failed = rig.failed();
        assertThat(failed.failure().kind()).isEqualTo(kind);
        assertThat(failed.failure().vendorStatus()).isEqualTo(status);
        assertThat(failed.failure().message()).isEqualTo("because");
        assertThat(failed.called()).isTrue();
        assertThat(failed.frames()).isZero();
    }

    @Test
    void shouldSendAFailureWithTheSameBodyToTheTopicOfItsLane() throws Exception {
        Future<Void> done = rig.give(Scene.of("d_1"));

        rig.vendor.next().response().setStatusCode(500).end();

        Rig.until(done::succeeded);
        RecordingOutbox.SentFailure sent = rig.outbox.failures().getFirst();
        assertThat(sent.topic()).isEqualTo("lw.cloud.failures.premium.interactive");
        assertThat(new String(sent.body(), StandardCharsets.UTF_8)).isEqualTo("hello");
    }

    @Test
    void shouldStateACallThatFailedAsAFactWithoutATerminal() throws Exception {
        Future<Void> done = rig.give(Scene.of("d_1"));

        rig.vendor.next().response().setStatusCode(500).end("secret prompt");

        Rig.until(done::succeeded);
        assertThat(rig.outbox.facts()).hasSize(1);
        var fact = rig.outbox.facts().getFirst();
        assertThat(fact.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(fact.failure()).isEqualTo(FailureKind.SERVER_ERROR);
        assertThat(fact.vendorStatus()).isEqualTo(500);
        assertThat(fact.terminal()).isNull();
        assertThat(fact.toString()).doesNotContain("secret prompt");
    }

    @Test
    void shouldHideTheVendorsModelInAFailure() throws Exception {
        rig.give(Scene.of("d_1"));

        rig.vendor.next().response().setStatusCode(400).end("no such model big-model");

        assertThat(rig.failed().failure().message()).isEqualTo("no such model smart");
    }

    @Test
    void shouldKeepOnlyTheBeginningOfALongError() throws Exception {
        rig.give(Scene.of("d_1"));

        rig.vendor.next().response().setStatusCode(500).end("x".repeat(1_000_000));

        assertThat(rig.failed().failure().message()).hasSize(64 * 1024);
    }

    @Test
    void shouldBeUnreachableWhenNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        rig.deployment(
                "d_gone", Zone.CLOUD, Duration.ofSeconds(5), Duration.ofSeconds(5), null, "http://127.0.0.1:" + port);
        rig.reload();

        rig.give(Scene.of("d_gone"));

        assertThat(rig.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(rig.failed().called()).isTrue();
        assertThat(rig.failed().failure().message()).doesNotContain(String.valueOf(port));
    }

    @Test
    void shouldBeUnreachableWhenTheNameIsUnknown() {
        rig.deployment(
                "d_nowhere",
                Zone.CLOUD,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                null,
                "http://no-such-host.invalid");
        rig.reload();

        rig.give(Scene.of("d_nowhere"));

        assertThat(rig.kind()).isEqualTo(FailureKind.UNREACHABLE);
    }

    @Test
    void shouldBeUnreachableWhenTheVendorDoesNotSpeakTls() {
        rig.deployment(
                "d_tls",
                Zone.CLOUD,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                null,
                rig.vendor.url().replace("http:", "https:"));
        rig.reload();

        rig.give(Scene.of("d_tls"));

        assertThat(rig.kind()).isEqualTo(FailureKind.UNREACHABLE);
    }

    @Test
    void shouldBeUnreachableWhenTheConnectionEndsBeforeAnAnswer() throws Exception {
        rig.give(Scene.of("d_1"));

        rig.vendor.next().cut();

        assertThat(rig.kind()).isEqualTo(FailureKind.UNREACHABLE);
    }

    @Test
    void shouldTimeOutAndCloseWhenNothingComes() throws Exception {
        rig.give(Scene.of("d_hasty").whole());

        rig.vendor.next();

        assertThat(rig.kind()).isEqualTo(FailureKind.TIMEOUT);
        Rig.until(() -> !rig.vendor.closed.isEmpty());
    }

    @Test
    void shouldTimeOutWhenAStreamStopsBeforeItsFirstToken() throws Exception {
        rig.give(Scene.of("d_slow_stream"));

        rig.vendor.next().stream("ping");

        assertThat(rig.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(rig.failed().frames()).isZero();
    }

    @Test
    void shouldTimeOutWhenAStreamMovesOnWithoutAToken() throws Exception {
        rig.deployment("d_pinging", Zone.CLOUD, Duration.ofMillis(300), Duration.ofSeconds(20), null);
        rig.reload();
        rig.give(Scene.of("d_pinging"));

        ScriptedVendor.Call call = rig.vendor.next().stream("ping");
        rig.vertx.setPeriodic(20, id -> call.stream("ping"));

        assertThat(rig.kind()).isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void shouldStallWhenAStreamStopsAfterAToken() throws Exception {
        rig.give(Scene.of("d_slow_stream"));

        rig.vendor.next().stream("token");

        FailedAttempt failed = rig.failed();
        assertThat(failed.failure().kind()).isEqualTo(FailureKind.STALLED_STREAM);
        assertThat(failed.frames()).isEqualTo(1);
        assertThat(rig.outbox.answer()).isEqualTo("token");
        Rig.until(() -> !rig.vendor.closed.isEmpty());
    }

    @Test
    void shouldBeCutWhenTheConnectionEndsInTheMiddle() throws Exception {
        Future<Void> done = rig.give(Scene.of("d_1"));
        ScriptedVendor.Call call = rig.vendor.next().stream("token");
        Rig.until(() -> !rig.outbox.frames().isEmpty());

        call.cut();

        Rig.until(done::succeeded);
        assertThat(rig.kind()).isEqualTo(FailureKind.CUT_STREAM);
        assertThat(rig.failed().frames()).isEqualTo(1);
        assertThat(rig.outbox.facts().getFirst().usage()).isEqualTo(TokenUsage.of(7, 3));
        assertThat(rig.outbox.frames().getLast().frame().end()).isNull();
    }

    @Test
    void shouldBeCutWhenAWholeAnswerEndsInTheMiddle() throws Exception {
        rig.give(Scene.of("d_1").whole());

        ScriptedVendor.Call call = rig.vendor.next();
        call.response().putHeader("content-length", "1000").write("token");
        call.response().write("more").onComplete(done -> call.cut());

        assertThat(rig.kind()).isEqualTo(FailureKind.CUT_STREAM);
        assertThat(rig.failed().frames()).isZero();
    }

    @Test
    void shouldFailAsThePipeSaysWhenTheErrorIsInside() throws Exception {
        rig.give(Scene.of("d_1"));

        rig.vendor.next().stream("error");

        assertThat(rig.kind()).isEqualTo(FailureKind.SERVER_ERROR);
        assertThat(rig.failed().frames()).isZero();
    }

    @Test
    void shouldDeliverWhatWasGoodBeforeAnErrorInside() throws Exception {
        rig.give(Scene.of("d_1"));
        ScriptedVendor.Call call = rig.vendor.next().stream("token");
        Rig.until(() -> !rig.outbox.frames().isEmpty());

        call.stream("error");

        assertThat(rig.failed().frames()).isEqualTo(1);
        assertThat(rig.outbox.answer()).isEqualTo("token");
    }

    @Test
    void shouldFailWhenAStreamEndsWithoutItsEnd() throws Exception {
        rig.give(Scene.of("d_1"));

        rig.vendor.next().stream("token").end();

        assertThat(rig.kind()).isEqualTo(FailureKind.CUT_STREAM);
    }

    @Test
    void shouldFailWhenTheAnswerIsEmpty() throws Exception {
        rig.give(Scene.of("d_1").whole());

        rig.vendor.next().response().end("{}");

        assertThat(rig.kind()).isEqualTo(FailureKind.EMPTY_ANSWER);
    }

    @Test
    void shouldBeMalformedWhenAStreamGoesOnForeverWithoutAToken() throws Exception {
        rig.give(Scene.of("d_1"));

        rig.vendor.next().stream("ping;".repeat(60_000));

        assertThat(rig.kind()).isEqualTo(FailureKind.MALFORMED);
        assertThat(rig.outbox.frames()).isEmpty();
    }

    @Test
    void shouldReturnUncalledWhatCantBePutToTheVendor() {
        rig.give(Scene.of("d_1").saying("refuse"));

        assertThat(rig.kind()).isEqualTo(FailureKind.REJECTED);
        assertThat(rig.failed().called()).isFalse();
        assertThat(rig.outbox.facts()).isEmpty();
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldTurnADefectIntoAFailureThatQuotesNothing() {
        rig.give(Scene.of("d_1").saying("bug"));

        assertThat(rig.kind()).isEqualTo(FailureKind.INTERNAL);
        assertThat(rig.failed().failure().message()).doesNotContain("bug");
    }

    @Test
    void shouldExpireBeforeTheCallWhenTheDeadlinePassed() {
        rig.give(Scene.of("d_1").dueIn(-1));

        assertThat(rig.kind()).isEqualTo(FailureKind.EXPIRED);
        assertThat(rig.failed().called()).isFalse();
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldExpireInTheMiddleOfAnAnswer() throws Exception {
        rig.give(Scene.of("d_1").dueIn(300));

        rig.vendor.next().stream("token");

        assertThat(rig.kind()).isEqualTo(FailureKind.EXPIRED);
        Rig.until(() -> !rig.vendor.closed.isEmpty());
    }

    @Test
    void shouldNotCallWithoutAKey() {
        rig.key = null;
        rig.reload();

        rig.give(Scene.of("d_1"));

        assertThat(rig.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(rig.failed().called()).isFalse();
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldAskForANewPlanWhenTheDeploymentIsGone() {
        rig.give(Scene.of("d_forgotten"));

        assertThat(rig.kind()).isEqualTo(FailureKind.UNKNOWN_DEPLOYMENT);
        assertThat(rig.failed().called()).isFalse();
    }

    @Test
    void shouldCallTheVendorOnceWhenTheBrokerRefusesTheOutcome() throws Exception {
        rig.outbox.refuseOutcomes = 3;
        Future<Void> done = rig.give(Scene.of("d_1"));

        rig.vendor.next().stream("token done").end();

        Rig.until(done::succeeded);
        assertThat(rig.outbox.facts()).hasSize(1);
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldCloseTheCallWhenTheBrokerRefusesAFrame() throws Exception {
        rig.outbox.refuseFrames = 1;
        rig.give(Scene.of("d_1"));

        rig.vendor.next().stream("token");

        assertThat(rig.kind()).isEqualTo(FailureKind.CUT_STREAM);
        Rig.until(() -> !rig.vendor.closed.isEmpty());
    }

    @Test
    void shouldTellAnAnswerThatTheBrokerHasThoughItsProducerGaveItUp() throws Exception {
        try (Rig given = new Rig()) {
            given.claims = new LocalClaims() {
                @Override
                public Future<Remains> remains(Taken<Attempt> taken) {
                    return Future.succeededFuture(
                            new Remains.Answered(TokenUsage.of(7, 3), "lw.cloud.replies", 2, 40, 40, 1, 1_000, 1_000));
                }
            };
            given.open();
            given.outbox.refuseFrames = 1;
            Future<Void> done = given.give(Scene.of("d_1").whole());

            given.vendor.next().response().end("one token");

            Rig.until(done::succeeded);
            assertThat(given.outbox.failures()).isEmpty();
            Fact.Attempted fact = given.outbox.facts().getFirst();
            assertThat(fact.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(fact.terminal().lastOffset()).isEqualTo(40);
        }
    }

    @Test
    void shouldFailAnAnswerThatTheBrokerDoesNotHave() throws Exception {
        rig.outbox.refuseFrames = 1;
        rig.give(Scene.of("d_1").whole());

        rig.vendor.next().response().end("one token");

        assertThat(rig.kind()).isEqualTo(FailureKind.CUT_STREAM);
    }
}
