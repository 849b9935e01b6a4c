package dev.laneway.provider.claims;

import dev.laneway.contracts.Attempt;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.kafka.Taken;
import dev.laneway.runtime.money.Ask;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process has begun, or tells of, and the store does not know to be over yet. A store that was away, or that began to remember anew,
 * is told of it. One context.
 */
final class OpenClaims {
    private static final Logger LOG = LoggerFactory.getLogger(OpenClaims.class);
    /** What ended uncalled while the store is away is told it later, up to so many: the log knows of them too. */
    private static final int MOST_KEPT = 20_000;

    private final ClaimStore store;
    private final LongSupplier clock;
    private final Map<String, Sent> sent = new HashMap<>();
    /** Whose grant is asked for, and whose outcome is not told meanwhile. */
    private final Set<String> asking = new HashSet<>();

    private String told = StartMark.NO_EPOCH;

    private enum Stage {
        SENT,
        /** Its outcome is told. */
        OVER,
        /** It was not sent after all. */
        WITHDRAWN,
        /** That it was not sent is on its way to the broker. */
        RETURNING,
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

    OpenClaims(ClaimStore store, LongSupplier clock) {
        this.store = store;
        this.clock = clock;
    }

    static ClaimStore.Key key(Taken<Attempt> taken) {
        Attempt attempt = taken.event();
        return new ClaimStore.Key(attempt.id(), attempt.request().deadline(), attempt.hold(), Ask.planOf(attempt));
    }

    /** Its grant is asked for from now on, until {@link #answered}. */
    void asks(String attempt) {
        asking.add(attempt);
    }

    void answered(String attempt) {
        asking.remove(attempt);
    }

    /** Its client left while the grant was on its way, and that is told, or about to be: whatever the store says, it is not sent. */
    boolean isOver(String attempt) {
        Sent mine = sent.get(attempt);
        return !asking.contains(attempt) || (mine != null && mine.stage() == Stage.RETURNING);
    }

    /** @param asked whether the store may have a claim of it */
    void sent(ClaimStore.Key key, String epoch, long at, boolean asked) {
        sent.put(key.attempt(), new Sent(key, epoch, at, asked, Stage.SENT));
    }

    /** The store was asked, and may have granted it, which nobody heard: it is not sent. */
    void takeBack(ClaimStore.Key key) {
        Sent mine = sent.get(key.attempt());
        if (mine == null || mine.stage() != Stage.RETURNING) {
            withdraw(new Sent(key, StartMark.NO_EPOCH, 0, true, Stage.SENT));
        }
    }

    void withdraw(String attempt) {
        Sent unsent = sent.get(attempt);
        if (unsent != null && unsent.stage() != Stage.RETURNING) {
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

    /**
     * That it was not sent is about to be told: from now on nobody sends it, unless this process dies and the log has nothing of it.
     *
     * @return fails with {@link NotGrantedException} where another worker has it by now; succeeds too where the store is away, and the log alone
     *     decides then
     */
    Future<Void> returning(ClaimStore.Key key) {
        Sent before = sent.get(key.attempt());
        long now = clock.getAsLong();
        String epoch = store.epoch();
        boolean asked = !epoch.equals(StartMark.NO_EPOCH) || (before != null && before.asked());
        sent.put(key.attempt(), new Sent(key, epoch, now, asked, Stage.RETURNING));
        return store.returning(key, now).otherwise(true).compose(ours -> {
            if (ours) {
                return Future.succeededFuture();
            }
            if (before == null) {
                drop(key, Stage.RETURNING);
            } else {
                sent.put(key.attempt(), before);
            }
            return Future.failedFuture(new NotGrantedException());
        });
    }

    /** A live holder's claim that stays open would be watched for ever: with the store away, it is settled when that is back. */
    void settle(ClaimStore.Key key) {
        Sent known = sent.get(key.attempt());
        boolean unheard = asking.remove(key.attempt());
        if (isFull() && !unheard && (known == null || (known.stage() == Stage.RETURNING && !known.asked()))) {
            sent.remove(key.attempt());
            return;
        }
        Sent mine = known == null ? new Sent(key, StartMark.NO_EPOCH, 0, true, Stage.OVER) : known;
        boolean returned = switch (mine.stage()) {
            case WITHDRAWN, RETURNING, RETURNED -> true;
            case SENT, OVER -> unheard;
        };
        if (returned) {
            sent.put(key.attempt(), mine.at(Stage.RETURNED));
            // asked for together, so that nobody finds it without a claim; its money may have been freed before the
            // store held it
            Future.all(store.withdraw(key), store.unspent(key), store.settled(key))
                    .onSuccess(settled -> drop(key, Stage.RETURNED));
            return;
        }
        if (mine.asked()) {
            sent.put(key.attempt(), mine.at(Stage.OVER));
        } else {
            sent.remove(key.attempt());
        }
        store.settled(key).onSuccess(settled -> drop(key, Stage.OVER));
    }

    private boolean isFull() {
        return sent.size() >= MOST_KEPT && store.epoch().equals(StartMark.NO_EPOCH);
    }

    /** It may have been begun again meanwhile. */
    private void drop(ClaimStore.Key key, Stage stage) {
        Sent mine = sent.get(key.attempt());
        if (mine != null && mine.stage() == stage) {
            sent.remove(key.attempt());
        }
    }

    /** The store began to remember anew: it is told what is under way here, so that no other worker takes it for forgotten. */
    void epochChanged() {
        String now = store.epoch();
        told = StartMark.NO_EPOCH;
        if (!now.equals(StartMark.NO_EPOCH)) {
            List<Future<?>> rewritten = new ArrayList<>();
            for (Sent one : List.copyOf(sent.values())) {
                switch (one.stage()) {
                    case OVER, RETURNED -> settle(one.key());
                    case WITHDRAWN -> withdraw(one);
                    case RETURNING -> rewritten.add(store.returning(one.key(), one.at()));
                    case SENT -> rewritten.add(rewrite(one, now));
                }
            }
            Future.all(rewritten).onSuccess(all -> told = now);
        }
    }

    /** The epoch whose store knows of everything that was sent here and is not over; {@code none} while that may not be so. */
    String told() {
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
    int size() {
        return sent.size();
    }
}
