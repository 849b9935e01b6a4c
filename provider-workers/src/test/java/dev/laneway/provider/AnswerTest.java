package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.provider.RecordingOutbox.SentFact;
import dev.laneway.provider.RecordingOutbox.SentFrame;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig().open();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void shouldAnswerWithOneFrameOfHeadAndEndWhenNotStreamed() throws Exception {
        Future<Void> done = rig.give(Scene.of("d_1").whole());

        rig.vendor
                .next()
                .response()
                .putHeader("x-ratelimit-remaining-requests", "9")
                .end("one token");

        Rig.until(done::succeeded);
        assertThat(rig.outbox.frames()).hasSize(1);
        SentFrame only = rig.outbox.frames().getFirst();
        assertThat(only.text()).isEqualTo("one token");
        assertThat(only.to().partition()).isEqualTo(3);
        assertThat(only.frame().seq()).isZero();
        assertThat(only.frame().end()).isEqualTo(new Reply.End(TokenUsage.of(7, 3)));
        assertThat(only.frame().head().deployment()).isEqualTo("d_1");
        assertThat(only.frame().head().contentType()).isEqualTo("application/json");
        assertThat(only.frame().head().headers()).containsEntry("x-ratelimit-remaining-requests", "9");
    }

    @Test
    void shouldTurnALargeBodyIntoTheVendorsWordsAwayFromTheEventLoop() throws Exception {
        Future<Void> done = rig.give(Scene.of("d_1").whole().saying("x".repeat(300_000)));

        rig.vendor.next().response().end("one token");

        Rig.until(done::succeeded);
        assertThat(rig.dialect.onEventLoop).isFalse();
        assertThat(rig.outbox.frames()).hasSize(1);
    }

    @Test
    void shouldFailAnAttemptOnADefectWithALargeBody() {
        rig.give(Scene.of("d_1").saying("bug" + "x".repeat(300_000)));

        assertThat(rig.failed().failure().kind()).isEqualTo(FailureKind.INTERNAL);
        assertThat(rig.failed().failure().message()).doesNotContain("xxx");
    }

    @Test
    void shouldSayInTheFactWhereTheAnswerIsAndWhatItUsed() throws Exception {
        Scene scene = Scene.of("d_1");
        Future<Void> done = rig.give(scene);

        rig.vendor.next().stream("token done").end();

        Rig.until(done::succeeded);
        Fact.Attempted fact = rig.outbox.facts().getFirst();
        assertThat(fact.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(fact.attempt()).isEqualTo(scene.id() + ":0:0");
        assertThat(fact.usage()).isEqualTo(TokenUsage.of(7, 3));
        assertThat(fact.called()).isTrue();
        assertThat(fact.terminal().status()).isEqualTo(Status.COMPLETED);
        assertThat(fact.terminal().replyPartition()).isEqualTo(3);
        assertThat(fact.terminal().lastOffset()).isEqualTo(100);
    }

    @Test
    void shouldSendTheFactOnlyWhenTheLastFrameIsAcknowledged() throws Exception {
        rig.outbox.hold = true;
        Future<Void> done = rig.give(Scene.of("d_1"));
        rig.vendor.next().stream("token done").end();
        Rig.until(() -> !rig.outbox.held.isEmpty());

        boolean factBefore = !rig.outbox.facts().isEmpty();
        rig.acknowledgeAll();
        Rig.until(() -> !rig.outbox.facts().isEmpty());
        boolean doneBefore = done.isComplete();
        rig.acknowledgeAll();

        Rig.until(done::succeeded);
        assertThat(factBefore).isFalse();
        assertThat(doneBefore).isFalse();
        assertThat(rig.outbox.sent.getLast()).isInstanceOf(SentFact.class);
    }

    @Test
    void shouldPublishNothingBeforeTheFirstToken() throws Exception {
        rig.give(Scene.of("d_1"));
        ScriptedVendor.Call call = rig.vendor.next().stream("role;");
        call.stream("ping;");

        Rig.until(() -> rig.meters.scrape().contains("laneway_worker_running"));
        assertThat(rig.outbox.frames()).isEmpty();
        call.stream("token;");
        Rig.until(() -> rig.outbox.answer().equals("role;ping;token;"));
        assertThat(rig.outbox.frames()).hasSize(1);
    }

    @Test
    void shouldKeepTheOrderOfAStream() throws Exception {
        Future<Void> done = rig.give(Scene.of("d_1"));
        ScriptedVendor.Call call = rig.vendor.next();
        StringBuilder said = new StringBuilder();

        for (int i = 0; i < 500; i++) {
            String piece = "token " + i + ";";
            said.append(piece);
            call.stream(piece);
        }
        call.stream("done").end();

        Rig.until(done::succeeded);
        assertThat(rig.outbox.answer()).isEqualTo(said + "done");
        assertThat(rig.outbox.frames())
                .extracting(sent -> sent.frame().seq())
                .isEqualTo(
                        java.util.stream.IntStream.range(0, rig.outbox.frames().size())
                                .boxed()
                                .toList());
        assertThat(rig.outbox.frames().subList(1, rig.outbox.frames().size()))
                .allSatisfy(sent -> assertThat(sent.frame().head()).isNull());
    }

    @Test
    void shouldNameTheAttemptToTheVendorAndSendItsKey() throws Exception {
        Scene scene = Scene.of("d_1");
        rig.give(scene);

        ScriptedVendor.Call call = rig.vendor.next();

        assertThat(call.headers())
                .containsEntry("x-client-request-id", scene.id() + ":0:0")
                .containsEntry("authorization", "Bearer sk-secret")
                .containsEntry("accept-encoding", "identity");
        assertThat(call.body()).isEqualTo("hello");
    }

    @Test
    void shouldTellWhatATranslationDropped() throws Exception {
        Future<Void> done = rig.give(Scene.of("d_1").saying("note"));

        rig.vendor.next().stream("token done").end();

        Rig.until(done::succeeded);
        assertThat(rig.outbox.frames().getFirst().frame().head().headers())
                .containsEntry("x-laneway-dropped", "dropped seed");
    }

    @Test
    void shouldCutALargeAnswerIntoFramesThatABrokerTakes() throws Exception {
        Future<Void> done = rig.give(Scene.of("d_1").whole());

        rig.vendor.next().response().end("token" + "x".repeat(3_000_000));

        Rig.until(done::succeeded);
        assertThat(rig.outbox.frames())
                .hasSize(4)
                .allSatisfy(sent -> assertThat(sent.bytes().length).isLessThanOrEqualTo(900_000));
        assertThat(rig.outbox.answer()).hasSize(3_000_005);
        assertThat(rig.outbox.frames().getLast().frame().end()).isNotNull();
    }

    @Test
    void shouldNotCallTwiceWhatIsDeliveredTwice() throws Exception {
        var taken = Scene.of("d_1").taken();
        Future<Void> first = rig.give(taken);
        Future<Void> second = rig.give(taken);

        rig.vendor.next().stream("token done").end();

        Rig.until(() -> first.succeeded() && second.succeeded());
        Future<Void> third = rig.give(taken);
        Rig.until(third::succeeded);
        assertThat(rig.vendor.calls).isEmpty();
        assertThat(rig.outbox.facts()).hasSize(1);
    }
}
