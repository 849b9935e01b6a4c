package dev.laneway.provider.claims;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Money;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims that all workers share. A fresh attempt costs one question, at the moment when its bytes are about to leave; only one of which
 * somebody may have begun with before is looked up first. Without the store, attempts go on under the epoch {@code none}: Kafka's commits then
 * remember that they were begun, and whoever gets one again never calls it. One context.
 */
public final class SharedClaims implements Claims {
    private static final Logger LOG = LoggerFactory.getLogger(SharedClaims.class);
    private static final long WATCH_MILLIS = 500;
    private static final long LOOK_AGAIN_MILLIS = 500;
    /** How long a store that is away is waited for, before what it may know counts as forgotten. */
    private static final long PATIENCE_MILLIS = 5_000;

    private static final int LOOKS_PER_READING = 20;
    private static final int TRIES = 3;
    private static final int CONTESTED = 5_000;
    private final Vertx vertx;
    private final InProcessClaims mine;
    private final ClaimStore store;
    private final Function<Taken<Attempt>, Future<Void>> right;
    private final Recall recall;
    private final LongSupplier clock;
    private final RecentIds contested = new RecentIds(CONTESTED);
    private final OpenClaims open;
    /** The epoch in which it was found that nobody had begun: in another one a holder before this one may not have told yet that it has. */
    private final Map<String, String> unbegun = new HashMap<>();

    /**
     * @param mine what this process knows of itself
     * @param right {@link dev.laneway.runtime.kafka.EventSource#right}
     * @param clock epoch milliseconds
     */
    public SharedClaims(
            Vertx vertx,
            InProcessClaims mine,
            ClaimStore store,
            Function<Taken<Attempt>, Future<Void>> right,
            Recall recall,
            LongSupplier clock) {
        this.vertx = vertx;
        this.mine = mine;
        this.store = store;
        this.right = right;
        this.recall = recall;
        this.clock = clock;
        this.open = new OpenClaims(store, clock);
    }

    @Override
    public Future<Claim> claim(Taken<Attempt> taken) {
        Attempt attempt = taken.event();
        return mine.claim(taken).compose(claim -> {
            Doubt doubt = Doubt.about(taken);
            boolean met = contested.contains(attempt.id());
            return claim instanceof Claim.Granted && (met || !doubt.isNone())
                    ? find(taken, doubt, clock.getAsLong() + PATIENCE_MILLIS)
                    : Future.succeededFuture(claim);
        });
    }

    @Override
    public Future<Void> markSent(Taken<Attempt> taken) {
        String id = taken.event().id();
        open.asks(id);
        return begin(taken, TRIES, false).onComplete(begun -> {
            open.answered(id);
            unbegun.remove(id);
        });
    }

    /** @param asked whether the store was asked before, and did not answer */
    private Future<Void> begin(Taken<Attempt> taken, int tries, boolean asked) {
        if (isOver(taken)) {
            return Future.failedFuture(new NotGrantedException());
        }
        return right.apply(taken)
                .onFailure(moved -> takeBack(key(taken), asked))
                .compose(ours -> {
                    if (isOver(taken)) {
                        return Future.failedFuture(new NotGrantedException());
                    }
                    ClaimStore.Key key = key(taken);
                    String epoch = store.epoch();
                    long now = clock.getAsLong();
                    if (!unbegun.getOrDefault(key.attempt(), epoch).equals(epoch)) {
                        takeBack(key, asked);
                        return Future.failedFuture(new NotGrantedException()); // it is to be looked for again
                    }
                    if (epoch.equals(StartMark.NO_EPOCH)) {
                        if (key.hold() != null && !key.hold().open()) {
                            takeBack(key, asked);
                            return Future.failedFuture(new UnpaidException(FailureKind.BUDGETS_AWAY));
                        }
                        open.sent(key, epoch, now, asked);
                        return Future.succeededFuture();
                    }
                    return begin(taken, key, epoch, tries, asked);
                });
    }

    private Future<Void> begin(Taken<Attempt> taken, ClaimStore.Key key, String epoch, int tries, boolean asked) {
        long now = clock.getAsLong();
        return store.begin(key, epoch, now)
                .compose(
                        begun -> switch (begun) {
                            case GRANTED -> {
                                if (isOver(taken)) {
                                    yield Future.failedFuture(new NotGrantedException());
                                }
                                open.sent(key, epoch, now, true);
                                yield Future.succeededFuture();
                            }
                            case TAKEN -> {
                                contested.add(key.attempt());
                                yield Future.failedFuture(new NotGrantedException());
                            }
                            case OTHER_EPOCH -> again(taken, tries, asked);
                            case OVER_BUDGET -> Future.failedFuture(new UnpaidException(FailureKind.BUDGET_EXCEEDED));
                            case BUDGETS_AWAY -> {
                                // where its holders say so, it goes on uncounted, as if the store were away
                                if (key.hold() == null || !key.hold().open()) {
                                    yield Future.failedFuture(new UnpaidException(FailureKind.BUDGETS_AWAY));
                                }
                                yield begin(
                                        taken, new ClaimStore.Key(key.attempt(), key.deadline()), epoch, tries, asked);
                            }
                        },
                        cause -> again(taken, tries, true));
    }

    private boolean isOver(Taken<Attempt> taken) {
        return open.isOver(taken.event().id());
    }

    private void takeBack(ClaimStore.Key key, boolean asked) {
        if (asked) {
            open.takeBack(key);
        }
    }

    /** The store is another one by now, or away: what is in force then decides, and a commit has to say it first. */
    private Future<Void> again(Taken<Attempt> taken, int tries, boolean asked) {
        return tries > 0
                ? begin(taken, tries - 1, asked)
                : vertx.timer(LOOK_AGAIN_MILLIS).compose(waited -> begin(taken, TRIES, asked));
    }

    /** Where the store is away it holds on to the most that it can cost, until accounting books the fact. */
    @Override
    public void paid(Taken<Attempt> taken, Money cost) {
        ClaimStore.Key key = key(taken);
        if (key.hold() != null && !key.hold().windows().isEmpty()) {
            store.paid(key, cost.nanosUp(), clock.getAsLong())
                    .onFailure(away -> LOG.debug("{} not settled", key.attempt()));
        }
    }

    /** Where the store is away it is free at the deadline. */
    @Override
    public void unspent(Taken<Attempt> taken) {
        ClaimStore.Key key = key(taken);
        if (key.hold() != null && !key.hold().windows().isEmpty()) {
            store.unspent(key).onFailure(away -> LOG.debug("{} not freed", key.attempt()));
        }
    }

    @Override
    public void withdraw(Taken<Attempt> taken) {
        open.withdraw(taken.event().id());
    }

    @Override
    public Future<Void> mayTell(Taken<Attempt> taken) {
        return right.apply(taken)
                .compose(ours -> open.returning(key(taken)))
                .onFailure(theirs -> contested.add(taken.event().id()));
    }

    @Override
    public boolean sure() {
        return store.heard();
    }

    @Override
    public Future<Boolean> stillOurs(Taken<Attempt> taken) {
        return store.look(key(taken))
                .map(seen -> Optional.ofNullable(seen.entry()))
                .otherwise(Optional.empty())
                .compose(entry -> entry.isPresent()
                        ? Future.succeededFuture(entry.get().holder().equals(store.incarnation()))
                        // only an owner of its partition gives an attempt up; what comes again here waits for this one
                        : right.apply(taken.ofAnyAssignment()).map(true).otherwise(false));
    }

    @Override
    public void settled(Taken<Attempt> taken) {
        unbegun.remove(taken.event().id());
        mine.settled(taken);
        open.settle(key(taken));
    }

    @Override
    public Future<Remains> remains(Taken<Attempt> taken) {
        return recall.of(taken, taken.timestamp());
    }

    @Override
    public void release(Taken<Attempt> taken) {
        unbegun.remove(taken.event().id());
        mine.release(taken);
    }

    @Override
    public String epoch() {
        return store.epoch();
    }

    /** The store began to remember anew: it is told what is under way here, so that no other worker takes it for forgotten. */
    public void epochChanged() {
        open.epochChanged();
    }

    /** The epoch whose store knows of everything that was sent here and is not over; {@code none} while that may not be so. */
    public String told() {
        return open.told();
    }

    /** Calls that this process has under way, or whose outcome is on its way. */
    public int underWay() {
        return open.size();
    }

    private Future<Claim> find(Taken<Attempt> taken, Doubt doubt, long until) {
        return store.look(key(taken))
                .compose(
                        seen -> follow(taken, doubt, seen),
                        away -> clock.getAsLong() < until
                                ? vertx.timer(LOOK_AGAIN_MILLIS).compose(waited -> find(taken, doubt, until))
                                : follow(taken, doubt, new ClaimStore.Seen(StartMark.NO_EPOCH, null, false)));
    }

    private Future<Claim> follow(Taken<Attempt> taken, Doubt doubt, ClaimStore.Seen seen) {
        return switch (doubt.step(seen, store.incarnation())) {
            case CALL -> Future.succeededFuture(unbegun(taken, doubt, seen));
            case DONE -> Future.succeededFuture(known(taken));
            case WATCH -> {
                mine.release(taken);
                yield Future.succeededFuture(new Claim.Held(watch(taken, 1)));
            }
            case LOG_OR_CALL -> ask(taken, doubt, seen, true);
            case LOG_OR_UNKNOWN -> ask(taken, doubt, seen, false);
        };
    }

    private Claim unbegun(Taken<Attempt> taken, Doubt doubt, ClaimStore.Seen seen) {
        if (!doubt.isNone()) {
            unbegun.put(taken.event().id(), seen.epoch());
        }
        return new Claim.Granted();
    }

    private Claim known(Taken<Attempt> taken) {
        mine.settled(taken);
        return new Claim.Held(Future.succeededFuture());
    }

    /**
     * Until its holder has told; fails where the holder is gone, so that it is claimed again. Now and then the log is asked too: a memory that was
     * brought back may not know that a live holder has told long ago.
     */
    private Future<Void> watch(Taken<Attempt> taken, int looks) {
        return vertx.timer(WATCH_MILLIS)
                .compose(waited -> store.look(key(taken)))
                .compose(seen -> switch (Doubt.NONE.step(seen, store.incarnation())) {
                    case DONE -> Future.succeededFuture();
                    case WATCH -> looks % LOOKS_PER_READING == 0 ? read(taken, looks) : watch(taken, looks + 1);
                    case CALL, LOG_OR_CALL, LOG_OR_UNKNOWN -> {
                        contested.add(taken.event().id());
                        yield Future.failedFuture(new NotGrantedException());
                    }
                });
    }

    private Future<Void> read(Taken<Attempt> taken, int looks) {
        return recall.of(taken, taken.timestamp())
                .compose(remains ->
                        remains instanceof Remains.Told ? Future.succeededFuture() : watch(taken, looks + 1));
    }

    /** @param mayCall where the log says nothing, it was never sent */
    private Future<Claim> ask(Taken<Attempt> taken, Doubt doubt, ClaimStore.Seen seen, boolean mayCall) {
        ClaimStore.Entry entry = seen.entry();
        long since = entry == null ? taken.timestamp() : Math.min(entry.at(), taken.timestamp());
        return recall.of(taken, since).compose(remains -> {
            boolean neverSent = mayCall && remains instanceof Remains.Unknown(int frames) && frames == 0;
            Future<Boolean> asSeen =
                    neverSent ? forget(key(taken), entry) : store.giveUp(key(taken), entry, clock.getAsLong());
            return asSeen.otherwise(true).compose(still -> {
                if (!still) {
                    return find(taken, doubt, clock.getAsLong() + PATIENCE_MILLIS);
                }
                return Future.succeededFuture(neverSent ? unbegun(taken, doubt, seen) : takenOver(taken, remains));
            });
        });
    }

    private Future<Boolean> forget(ClaimStore.Key key, ClaimStore.@Nullable Entry entry) {
        return entry == null ? Future.succeededFuture(true) : store.forget(key, entry);
    }

    /** The dead holder's claim is this one's now, so that it can be settled when all is told. */
    private Claim takenOver(Taken<Attempt> taken, Remains remains) {
        if (remains instanceof Remains.Told) {
            open.settle(key(taken));
            return known(taken);
        }
        return new Claim.Orphaned(remains);
    }

    private static ClaimStore.Key key(Taken<Attempt> taken) {
        return OpenClaims.key(taken);
    }
}
