package dev.laneway.router.kafka;

import static dev.laneway.router.Requests.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.BodyRef;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.RequestDraft;
import dev.laneway.contracts.Zone;
import dev.laneway.router.Requests;
import dev.laneway.router.handling.Input;
import dev.laneway.router.meters.RouterMeters;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.meters.Meters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputDecoderTest {
    private static final String REQUESTS = "lw.local.requests.private.interactive";
    private static final String FAILURES = "lw.local.failures.private.interactive";

    private final Meters meters = Meters.create();
    private final InputDecoder decoder = new InputDecoder(Zone.LOCAL, new RouterMeters(meters, Zone.LOCAL));
    private final Request request = Requests.interactive("core", "private", Zone.LOCAL);

    private static byte[] bytes(Request request) {
        return EventCodec.of(Request.class).encode(request);
    }

    private static byte[] bytes(FailedAttempt failed) {
        return EventCodec.of(FailedAttempt.class).encode(failed);
    }

    private Attempt attempt(int hop) {
        Plan plan = Plan.untried("v1", List.of(new Hop("llama", List.of("llama/home"))), 2, true);
        return new Attempt(request, plan, hop, 0, "llama/home", "home", 0, START);
    }

    private Request with(@Nullable ReplyAddress reply, @Nullable BodyRef body) {
        return new RequestDraft(request).reply(reply).body(body).build();
    }

    @Test
    void shouldReadARequest() throws Exception {
        assertThat(decoder.decode(REQUESTS, bytes(request))).isEqualTo(new Input.Fresh(request));
    }

    @Test
    void shouldReadAFailedAttemptWithItsPlan() throws Exception {
        FailedAttempt failed = Requests.failed(attempt(0), FailureKind.TIMEOUT, START);

        assertThat(decoder.decode(FAILURES, bytes(failed))).isEqualTo(new Input.Returned(failed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lw.cloud.requests.private.interactive",
                "lw.local.requests.other.interactive",
                "lw.local.requests.private.deferred",
                "lw.local.attempts.home.private.interactive",
                "lw.local.replies"
            })
    void shouldRefuseWhatIsNotWhatItsTopicSays(String topic) {
        assertThatThrownBy(() -> decoder.decode(topic, bytes(request))).isInstanceOf(UndecodableException.class);
        assertThat(meters.scrape()).contains("laneway_router_fenced_total");
    }

    @Test
    void shouldRefuseARequestThatClaimsAWiderZoneThanItsTopic() {
        Request job = with(null, null);
        Request forged =
                new RequestDraft(job).zone(Zone.CLOUD).reply(null).body(null).build();

        assertThatThrownBy(() -> decoder.decode(REQUESTS, bytes(forged)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("zone");
    }

    @Test
    void shouldRefuseAFailedAttemptOfAnotherZone() {
        Request cloud = Requests.interactive("core", "private", Zone.CLOUD);
        Attempt of = attempt(0);
        Attempt forged = new Attempt(cloud, of.plan(), 0, 0, of.deployment(), of.account(), 0, START);

        assertThatThrownBy(() -> decoder.decode(FAILURES, bytes(Requests.failed(forged, FailureKind.TIMEOUT, START))))
                .isInstanceOf(UndecodableException.class);
    }

    @Test
    void shouldRefuseAnAnswerThatWouldLeaveTheZone() {
        Request forged = with(new ReplyAddress("lw.cloud.replies", 0), null);

        assertThatThrownBy(() -> decoder.decode(REQUESTS, bytes(forged))).isInstanceOf(UndecodableException.class);
    }

    @Test
    void shouldRefuseABodyOfAnotherZone() {
        Request forged = with(null, new BodyRef("lw.cloud.bodies", 0, List.of(1L), 5, "aa"));

        assertThatThrownBy(() -> decoder.decode(REQUESTS, bytes(forged))).isInstanceOf(UndecodableException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void shouldRefuseAHopThatThePlanDoesNotHave(int hop) {
        FailedAttempt broken = Requests.failed(attempt(hop), FailureKind.TIMEOUT, START);

        assertThatThrownBy(() -> decoder.decode(FAILURES, bytes(broken))).isInstanceOf(UndecodableException.class);
    }
}
