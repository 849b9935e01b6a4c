package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.ClientNames;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.idempotency.Claim;
import dev.laneway.runtime.idempotency.Found;
import dev.laneway.runtime.idempotency.IdempotencyRecords;
import dev.laneway.runtime.idempotency.IdempotencyStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of names must do. */
abstract class IdempotencyStoreContract {
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration MINUTE = Duration.ofMinutes(1);

    final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final ClientNames names = new ClientNames(
            UUID.randomUUID().toString(), "body", UUID.randomUUID().toString());
    private final String older = RequestIds.next(1_000_000);
    private final String newer = RequestIds.next(2_000_000);
    IdempotencyStore store;
    IdempotencyRecords records;

    /** Opens {@link #store} and {@link #records}, on the current context. */
    abstract void open();

    /** Makes it forget everything. */
    abstract void forget() throws Exception;

    @BeforeEach
    void begin() {
        on(() -> {
            open();
            return Future.succeededFuture();
        });
        restore();
    }

    @AfterEach
    void end() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    <T> T on(Supplier<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(v -> work.get().onComplete(promise));
        try {
            return promise.future().await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void run(Runnable work) {
        on(() -> {
            work.run();
            return Future.succeededFuture();
        });
    }

    private void restore() {
        on(() -> records.restoring().compose(records::restored));
    }

    private Claim claim(String id) {
        return on(() -> store.claim(names, id, MINUTE));
    }

    private void write(Fact.OfRequest fact) {
        on(() -> records.write(fact, HOUR));
    }

    private Found find() {
        return on(() -> store.find(String.valueOf(names.key()), String.valueOf(names.label())));
    }

    private Fact.Subject subject(String id) {
        return new Fact.Subject(id, "master", "smart", "premium", Zone.CLOUD, WorkClass.INTERACTIVE, 1, names);
    }

    private Fact.OfRequest ended(String id, FailureKind kind) {
        return new Fact.Ended(subject(id), 2, Fact.Terminal.failed(kind, kind.clientStatus(), 1, 0));
    }

    @Test
    void shouldGiveAKeyToTheFirst() {
        Claim first = claim(older);

        Claim second = claim(newer);

        assertThat(first).isEqualTo(new Claim.Granted());
        assertThat(second).isEqualTo(new Claim.Taken(older, "body", null));
    }

    @Test
    void shouldFindARequestByItsKey() {
        claim(older);

        assertThat(find()).isEqualTo(new Found.Known(older));
    }

    @Test
    void shouldFindTheLatestRequestOfALabel() {
        run(() -> store.label(String.valueOf(names.label()), older, HOUR));
        run(() -> store.label(String.valueOf(names.label()), newer, HOUR));

        await().untilAsserted(() -> assertThat(find()).isEqualTo(new Found.Known(newer)));
    }

    @Test
    void shouldFindNothingOfANameThatNobodyGave() {
        assertThat(find()).isEqualTo(new Found.Nothing());
    }

    @Test
    void shouldGiveAReleasedKeyAway() {
        claim(older);

        run(() -> store.release(String.valueOf(names.key()), older));

        await().untilAsserted(() -> assertThat(claim(newer)).isEqualTo(new Claim.Granted()));
    }

    @Test
    void shouldNotReleaseAKeyForAnother() {
        claim(older);

        run(() -> store.release(String.valueOf(names.key()), newer));

        assertThat(claim(newer)).isInstanceOf(Claim.Taken.class);
    }

    @Test
    void shouldForgetAClaimThatIsNotKept() {
        on(() -> store.claim(names, older, Duration.ofMillis(1)));

        await().untilAsserted(() -> assertThat(claim(newer)).isEqualTo(new Claim.Granted()));
    }

    @Test
    void shouldKeepAClaimThatIsKept() {
        on(() -> store.claim(names, older, Duration.ofMillis(500))
                .onSuccess(granted -> store.keep(String.valueOf(names.key()), older, HOUR)));

        on(() -> vertx.timer(600));

        assertThat(claim(newer)).isInstanceOf(Claim.Taken.class);
    }

    @Test
    void shouldTellHowTheRequestOfAKeyEnded() {
        claim(older);
        Fact.OfRequest end = ended(older, FailureKind.UNKNOWN);

        write(end);

        assertThat(claim(newer)).isEqualTo(new Claim.Taken(older, "body", end));
    }

    @Test
    void shouldFreeTheKeyOfARequestWithoutAnAnswer() {
        claim(older);
        write(ended(older, FailureKind.OVERLOADED));

        Found before = find();

        assertThat(before).isEqualTo(new Found.Known(older));
        assertThat(claim(newer)).isEqualTo(new Claim.Granted());
        assertThat(find()).isEqualTo(new Found.Known(newer));
    }

    @Test
    void shouldLetTheFirstEndCount() {
        claim(older);
        Fact.OfRequest first = ended(older, FailureKind.UNKNOWN);
        write(first);

        write(ended(older, FailureKind.CANCELLED));

        assertThat(claim(newer)).isEqualTo(new Claim.Taken(older, "body", first));
    }

    @Test
    void shouldNotTakeOldNewsForTheLatest() {
        claim(older);
        write(ended(older, FailureKind.OVERLOADED));
        claim(newer);

        write(new Fact.Accepted(subject(older)));
        write(ended(older, FailureKind.UNKNOWN));

        assertThat(claim(RequestIds.next(3_000_000))).isEqualTo(new Claim.Taken(newer, "body", null));
    }

    @Test
    void shouldGiveNoKeyWhileItHasForgotten() throws Exception {
        claim(older);

        forget();

        assertThat(claim(newer)).isEqualTo(new Claim.NotRestored());
        assertThat(find()).isEqualTo(new Found.NotRestored());
        assertThat(on(records::whole)).isFalse();
    }

    @Test
    void shouldKnowAgainWhatItIsTold() throws Exception {
        claim(older);
        forget();
        Fact.OfRequest end = ended(older, FailureKind.UNKNOWN);

        write(new Fact.Accepted(subject(older)));
        write(end);
        restore();

        assertThat(claim(newer)).isEqualTo(new Claim.Taken(older, "body", end));
    }

    @Test
    void shouldNotBeWholeWhereItForgotWhileItWasTold() throws Exception {
        String beginning = on(records::restoring);
        forget();

        boolean failed = on(() -> records.restored(beginning).map(false).otherwise(true));

        assertThat(failed).isTrue();
        assertThat(claim(older)).isEqualTo(new Claim.NotRestored());
    }

    @Test
    void shouldKnowAgainWhatStillRuns() throws Exception {
        claim(older);
        forget();

        write(new Fact.Accepted(subject(older)));
        restore();

        assertThat(claim(newer)).isEqualTo(new Claim.Taken(older, "body", null));
    }
}
