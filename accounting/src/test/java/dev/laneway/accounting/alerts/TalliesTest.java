package dev.laneway.accounting.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.accounting.AccountingMetric;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.meters.Meters;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TalliesTest {
    private static final long MINUTE = 60_000;

    private long now = 1_795_000_000_000L / MINUTE * MINUTE;
    private final Meters meters = Meters.create();
    private final Tallies tallies = new Tallies(() -> now, () -> 10_000, meters);

    @AfterEach
    void close() {
        meters.close();
    }

    private Fact.Attempted attempt(String request, int hop, String deployment, FailureKind failure, long millis) {
        return new Fact.Attempted(
                subject(request),
                request + ":" + hop + ":0",
                deployment,
                "group",
                "openai",
                "openai-1",
                "gpt",
                Zone.CLOUD,
                "eu",
                failure == null ? Outcome.SUCCEEDED : Outcome.FAILED,
                failure,
                0,
                true,
                null,
                now - millis,
                0,
                now,
                failure == null ? new Fact.Terminal(Status.COMPLETED, 200, null, 1, 0, "t", 0, 0, 0) : null,
                false);
    }

    private static Fact.Subject subject(String request) {
        return new Fact.Subject(request, "ada", "smart", "premium", Zone.CLOUD, WorkClass.INTERACTIVE, 1);
    }

    private Tally tally(Measure measure, String subject) {
        return new Tally(now / MINUTE, measure, subject);
    }

    @Test
    void shouldCountAFallbackOfTheDeploymentThatWasLeft() {
        tallies.take(attempt("req_1", 0, "d_1", FailureKind.OVERLOADED, 5));
        tallies.take(attempt("req_1", 0, "d_2", FailureKind.TIMEOUT, 5));
        tallies.take(attempt("req_1", 1, "d_3", null, 5));
        tallies.take(attempt("req_2", 0, "d_1", null, 5));

        assertThat(tallies.drain())
                .containsEntry(tally(Measure.FALLBACKS, "d_2"), 1L)
                .doesNotContainKey(tally(Measure.FALLBACKS, "d_1"))
                .doesNotContainKey(tally(Measure.FALLBACKS, "d_3"));
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_ERROR, 1",
        "UNAUTHORIZED, 1",
        "STALLED_STREAM, 1",
        "TIMEOUT, 1",
        "OVERLOADED, 1",
        "UNREACHABLE, 1",
        "EMPTY_ANSWER, 1",
        "CUT_STREAM, 1",
        "MALFORMED, 1",
        "UNKNOWN, 1",
        "RATE_LIMITED, 0",
        "REJECTED, 0",
        "CONTEXT_WINDOW, 0",
        "CONTENT_POLICY, 0",
        "BUDGET_EXCEEDED, 0",
        "LIMIT_REACHED, 0",
        "EXPIRED, 0",
        "CANCELLED, 0"
    })
    void shouldCountAsAProvidersErrorWhatIsItsFault(FailureKind kind, int errors) {
        tallies.take(attempt("req_1", 0, "d_1", kind, 5));

        Map<Tally, Long> counts = tallies.drain();
        assertThat(counts).containsEntry(tally(Measure.PROVIDER_CALLS, "openai"), 1L);
        assertThat(counts.getOrDefault(tally(Measure.PROVIDER_ERRORS, "openai"), 0L))
                .isEqualTo(errors);
    }

    @Test
    void shouldCountSlowCalls() {
        tallies.take(attempt("req_1", 0, "d_1", null, 10_001));
        tallies.take(attempt("req_2", 0, "d_1", null, 10_000));

        assertThat(tallies.drain()).containsEntry(tally(Measure.SLOW_CALLS, "d_1"), 1L);
    }

    @Test
    void shouldCountWhatAnIngressNoticedAndWhatTheRouterRefused() {
        tallies.take(new Fact.Noticed("n_1", "ada", NoticeKind.FORBIDDEN_LANE, 3, now, now));
        tallies.take(new Fact.Noticed("n_2", "ada", NoticeKind.BUDGET_EXCEEDED, 2, now, now));
        tallies.take(
                new Fact.Ended(subject("req_1"), now, Fact.Terminal.failed(FailureKind.BUDGET_EXCEEDED, 429, 0, 0)));

        assertThat(tallies.drain())
                .containsOnly(
                        Map.entry(tally(Measure.FORBIDDEN_MODEL, "ada"), 3L),
                        Map.entry(tally(Measure.BUDGET_REFUSALS, "ada"), 3L));
    }

    @Test
    void shouldLeaveOutFactsOfLongAgo() {
        Fact.Attempted old = attempt("req_1", 0, "d_1", FailureKind.TIMEOUT, 5);
        now += Duration.ofHours(26).toMillis();
        tallies.take(old);

        assertThat(tallies.drain()).isEmpty();
    }

    @Test
    void shouldTakeWhatAClockThatIsAheadDatesLaterForNow() {
        long ahead = now + Duration.ofDays(400).toMillis();
        tallies.take(new Fact.Noticed("n_1", "ada", NoticeKind.RATE_LIMIT, 3, ahead, ahead));
        tallies.take(new Fact.Noticed("n_2", "ada", NoticeKind.RATE_LIMIT, 1, ahead, Long.MAX_VALUE));

        assertThat(tallies.drain()).containsOnly(Map.entry(tally(Measure.RATE_LIMIT, "ada"), 4L));
    }

    @Test
    void shouldHaveABound() {
        for (int i = 0; i < Tallies.MOST + 7; i++) {
            tallies.take(new Fact.Noticed("n_" + i, "key_" + i, NoticeKind.RATE_LIMIT, 1, now, now));
        }

        assertThat(tallies.drain()).hasSize(Tallies.MOST);
    }

    @Test
    void shouldTellHowFarTheReadingIsBehindByTheYoungestFact() {
        Fact.Attempted first = attempt("req_1", 0, "d_1", null, 5);
        now += 90_000;
        Fact.Attempted second = attempt("req_2", 0, "d_1", null, 5);
        now += 30_000;
        tallies.take(first);
        tallies.take(second);

        assertThat(tallies.lagMillis()).hasValue(30_000);
        assertThat(tallies.lagMillis()).isEmpty();
    }

    /** A worker that was taken for dead tells of it when the request has gone on long since. */
    @Test
    void shouldNotTakeALateAttemptForTheOneThatWasLeft() {
        tallies.take(attempt("req_1", 0, "d_1", FailureKind.OVERLOADED, 5).asLate());
        tallies.take(attempt("req_1", 1, "d_2", null, 5));

        assertThat(tallies.drain()).doesNotContainKey(tally(Measure.FALLBACKS, "d_1"));
    }

    @Test
    void shouldCountNoFallbackOfARequestThatHasEnded() {
        tallies.take(attempt("req_1", 0, "d_1", FailureKind.OVERLOADED, 5));
        tallies.take(attempt("req_1", 0, "d_1", null, 5));
        tallies.take(attempt("req_1", 1, "d_2", FailureKind.TIMEOUT, 5).asLate());

        assertThat(tallies.drain()).doesNotContainKey(tally(Measure.FALLBACKS, "d_1"));
    }

    @Test
    void shouldTellHopsOfMoreThanOneDigitApart() {
        tallies.take(attempt("req_1", 2, "d_2", FailureKind.OVERLOADED, 5));
        tallies.take(attempt("req_1", 10, "d_10", null, 5));

        assertThat(tallies.drain()).containsEntry(tally(Measure.FALLBACKS, "d_2"), 1L);
    }

    @Test
    void shouldCountNoCallOfAnAttemptThatWasNotSent() {
        Fact.Attempted made = attempt("req_1", 0, "d_1", FailureKind.TIMEOUT, 60_000);
        tallies.take(new Fact.Attempted(
                made.request(),
                made.attempt(),
                made.deployment(),
                made.group(),
                made.provider(),
                made.account(),
                made.model(),
                made.zone(),
                made.region(),
                made.outcome(),
                made.failure(),
                made.vendorStatus(),
                false,
                null,
                0,
                0,
                made.endedAt(),
                null,
                false));

        assertThat(tallies.drain()).isEmpty();
    }

    @Test
    void shouldCountOnceWhatIsWrittenAndAgainWhatCouldNotBe() {
        tallies.take(new Fact.Noticed("n_1", "ada", NoticeKind.RATE_LIMIT, 3, now, now));
        Map<Tally, Long> unwritten = tallies.drain();
        assertThat(tallies.drain()).isEmpty();
        tallies.take(new Fact.Noticed("n_2", "ada", NoticeKind.RATE_LIMIT, 1, now, now));

        tallies.restore(unwritten);

        assertThat(tallies.drain()).containsOnly(Map.entry(tally(Measure.RATE_LIMIT, "ada"), 4L));
    }

    @Test
    void shouldCountOnWhatIsCountedAlreadyThoughThereIsNoRoomForMore() {
        for (int i = 0; i < Tallies.MOST; i++) {
            tallies.take(new Fact.Noticed("n_" + i, "key_" + i, NoticeKind.RATE_LIMIT, 1, now, now));
        }

        tallies.take(new Fact.Noticed("n_x", "key_0", NoticeKind.RATE_LIMIT, 5, now, now));
        tallies.take(new Fact.Noticed("n_y", "another", NoticeKind.RATE_LIMIT, 7, now, now));

        assertThat(tallies.drain()).containsEntry(tally(Measure.RATE_LIMIT, "key_0"), 6L);
        assertThat(meters.counter(AccountingMetric.ALERT_TALLIES_DROPPED).count())
                .isEqualTo(7);
    }
}
