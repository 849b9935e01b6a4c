package dev.laneway.provider.claims;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Money;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.kafka.Taken;
import dev.laneway.runtime.money.Ask;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
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
    /** What ended uncalled while the store is away is told it later, up to so many: the log knows of them too. */
    private static final int MOST_KEPT = 20_000;

    private final Vertx vertx;
    private final InProcessClaims mine;
    private final ClaimStore store;
    private final Function<Taken<Attempt>, Future<Void>> right;
    private final Recall recall;
    private final LongSupplier clock;
    private final RecentIds contested = new RecentIds(CONTESTED);
    private final Map<String, Sent> sent = new HashMap<>();
    /** Whose grant is asked for, and whose outcome is not told meanwhile. */
    private final Set<String> asking = new HashSet<>();
    /** The epoch in which it was found that nobody had begun: in another one a holder before this one may not have told yet that it has. */
    private final Map<String, String> unbegun = new HashMap<>();

    private String told = StartMark.NO_EPOCH;

    private enum Stage {
        SENT,
        /** Its outcome is told. */
        OVER,
        /** It was not sent after all. */
        WITHDRAWN,
        /** It was not sent after all, and that is told. */
        RETURNED
    }

    /**
     * What the store knows, or should.
     *
     * @param asked whether the store may have a claim of it: it was asked for one, were its answer lost and the epoch {@code none} since
     */
    private record Sent(ClaimStore.Key key, String epoch, long at, boolean asked, Stage stage) {
        Sent at(Stage next) {
            return new Sent(key, epoch, at, asked, next);
        }

        Sent in(String now) {
            return new Sent(key, now, at, true, stage);
        }
    }

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
        asking.add(id);
        return begin(taken, TRIES, false).onComplete(begun -> {
            asking.remove(id);
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
                        sent.put(key.attempt(), new Sent(key, epoch, now, asked, Stage.SENT));
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
                                sent.put(key.attempt(), new Sent(key, epoch, now, true, Stage.SENT));
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

    /** Its client left while the grant was on its way, and that is told: whatever the store says, it is taken back. */
    private boolean isOver(Taken<Attempt> taken) {
        return !asking.contains(taken.event().id());
    }

    /** The store was asked, and may have granted it, which nobody heard: it is not sent. */
    private void takeBack(ClaimStore.Key key, boolean asked) {
        if (asked) {
            withdraw(new Sent(key, StartMark.NO_EPOCH, 0, true, Stage.SENT));
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
        Sent unsent = sent.get(taken.event().id());
        if (unsent != null) {
            withdraw(unsent);
        }
    }

    /** A claim that stays would be watched by the next one for as long as this process lives. */
    private void withdraw(Sent unsent) {
        if (unsent.asked()) {
            sent.put(unsent.key().attempt(), unsent.at(Stage.WITHDRAWN));
            store.withdraw(unsent.key()).onSuccess(withdrawn -> drop(unsent.key(), Stage.WITHDRAWN));
        } else {
            sent.remove(unsent.key().attempt());
        }
    }

    /** It may have been begun again meanwhile. */
    private void drop(ClaimStore.Key key, Stage stage) {
        Sent mine = sent.get(key.attempt());
        if (mine != null && mine.stage() == stage) {
            sent.remove(key.attempt());
        }
    }

    @Override
    public Future<Void> mayTell(Taken<Attempt> taken) {
        return right.apply(taken);
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
        settle(key(taken));
    }

    /** A live holder's claim that stays unsettled would be watched for ever: with the store away, it is settled when that is back. */
    private void settle(ClaimStore.Key key) {
        Sent mine = sent.getOrDefault(key.attempt(), new Sent(key, StartMark.NO_EPOCH, 0, true, Stage.OVER));
        boolean unheard = asking.remove(key.attempt());
        if (unheard || mine.stage() == Stage.WITHDRAWN || mine.stage() == Stage.RETURNED) {
            sent.put(key.attempt(), mine.at(Stage.RETURNED));
            // asked for together, so that nobody finds it without a claim; its money may have been freed before the
            // store held it
            Future.all(store.withdraw(key), store.unspent(key), store.settled(key))
                    .onSuccess(settled -> drop(key, Stage.RETURNED));
            return;
        }
        if (sent.size() >= MOST_KEPT && store.epoch().equals(StartMark.NO_EPOCH) && !sent.containsKey(key.attempt())) {
            return;
        }
        if (mine.asked()) {
            sent.put(key.attempt(), mine.at(Stage.OVER));
        } else {
            sent.remove(key.attempt());
        }
        store.settled(key).onSuccess(settled -> drop(key, Stage.OVER));
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
        String now = store.epoch();
        told = StartMark.NO_EPOCH;
        if (!now.equals(StartMark.NO_EPOCH)) {
            List<Future<Void>> rewritten = new ArrayList<>();
            for (Sent one : List.copyOf(sent.values())) {
                switch (one.stage()) {
                    case OVER, RETURNED -> settle(one.key());
                    case WITHDRAWN -> withdraw(one);
                    case SENT -> rewritten.add(rewrite(one, now));
                }
            }
            Future.all(rewritten).onSuccess(all -> told = now);
        }
    }

    /** The epoch whose store knows of everything that was sent here and is not over; {@code none} while that may not be so. */
    public String told() {
        return told.equals(store.epoch()) ? told : StartMark.NO_EPOCH;
    }

    private Future<Void> rewrite(Sent one, String now) {
        if (one.epoch().equals(now)) {
            return Future.succeededFuture();
        }
        String id = one.key().attempt();
        sent.put(id, one.in(one.epoch())); // asked: the store may know of it, were its answer lost
        return store.rewrite(one.key(), one.at())
                .onSuccess(told -> sent.computeIfPresent(
                        id, (same, mine) -> mine.stage() == Stage.SENT && mine.at() == one.at() ? mine.in(now) : mine))
                .onFailure(
                        away -> LOG.debug("attempt {} not rewritten", one.key().attempt()));
    }

    /** Calls that this process has under way, or whose outcome is on its way. */
    public int underWay() {
        return sent.size();
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
            if (mayCall && remains instanceof Remains.Unknown) {
                return Future.succeededFuture(unbegun(taken, doubt, seen));
            }
            return store.giveUp(key(taken), entry, clock.getAsLong())
                    .otherwise(true)
                    .compose(still -> still
                            ? Future.succeededFuture(takenOver(taken, remains))
                            : find(taken, doubt, clock.getAsLong() + PATIENCE_MILLIS));
        });
    }

    /** The dead holder's claim is this one's now, so that it can be settled when all is told. */
    private Claim takenOver(Taken<Attempt> taken, Remains remains) {
        if (remains instanceof Remains.Told) {
            settle(key(taken));
            return known(taken);
        }
        return new Claim.Orphaned(remains);
    }

    private static ClaimStore.Key key(Taken<Attempt> taken) {
        Attempt attempt = taken.event();
        return new ClaimStore.Key(attempt.id(), attempt.request().deadline(), attempt.hold(), Ask.planOf(attempt));
    }
}
