package dev.laneway.provider.claims;

import dev.laneway.runtime.kafka.StartMark;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store in this process, as several incarnations see it; can be away, and can forget. */
final class RememberedClaims {
    final Map<String, ClaimStore.Entry> entries = new HashMap<>();
    final Set<String> alive = new HashSet<>();
    String epoch = "e1";
    boolean away;
    /** What it answers does not arrive, and from then on it counts as away. */
    boolean mute;

    /** It does not answer before it is told to. */
    boolean slow;

    /** Nobody knows what is spent: what has money is not begun. */
    boolean budgetsAway;
    /** The next grant does not arrive. */
    boolean losesGrant;

    int questions;
    /** What it was told, in order. */
    final List<String> told = new ArrayList<>();

    private final List<Promise<Void>> unanswered = new ArrayList<>();

    void answerAll() {
        List<Promise<Void>> all = List.copyOf(unanswered);
        unanswered.clear();
        all.forEach(Promise::complete);
    }

    ClaimStore of(String incarnation) {
        alive.add(incarnation);
        return new View(incarnation);
    }

    void forget(String newEpoch) {
        entries.clear();
        epoch = newEpoch;
    }

    private final class View implements ClaimStore {
        private final String incarnation;

        View(String incarnation) {
            this.incarnation = incarnation;
        }

        private <T> Future<T> answer(T value) {
            questions++;
            if (slow) {
                Promise<Void> answer = Promise.promise();
                unanswered.add(answer);
                return answer.future().map(value);
            }
            return away || mute ? Future.failedFuture("away") : Future.succeededFuture(value);
        }

        @Override
        public String epoch() {
            return away || (mute && questions > 0) ? StartMark.NO_EPOCH : epoch;
        }

        @Override
        public Future<Begun> begin(Key key, String asked, long now) {
            told.add("begin");
            if (!away && !asked.equals(epoch)) {
                return answer(Begun.OTHER_EPOCH);
            }
            if (budgetsAway && key.hold() != null) {
                return answer(Begun.BUDGETS_AWAY);
            }
            Entry mine = new Entry(State.SENT, incarnation, now);
            Entry was = away ? null : entries.putIfAbsent(key.attempt(), mine);
            if (losesGrant) {
                losesGrant = false;
                return Future.failedFuture("lost");
            }
            boolean granted = was == null || (was.holder().equals(incarnation) && was.state() == State.SENT);
            return answer(granted ? Begun.GRANTED : Begun.TAKEN);
        }

        @Override
        public Future<Void> settled(Key key) {
            told.add("settled");
            Entry was = entries.get(key.attempt());
            if (!away && (was == null || was.holder().equals(incarnation))) {
                entries.put(key.attempt(), new Entry(State.SETTLED, "", 0));
            }
            return answer("").mapEmpty();
        }

        @Override
        public Future<Void> withdraw(Key key) {
            told.add("withdraw");
            Entry was = entries.get(key.attempt());
            if (!away && was != null && was.state() == State.SENT) {
                entries.remove(key.attempt());
            }
            return answer("").mapEmpty();
        }

        @Override
        public Future<Boolean> returning(Key key, long now) {
            told.add("returning");
            Entry was = entries.get(key.attempt());
            boolean mine = was == null || was.holder().equals(incarnation);
            if (!away && (was == null || (mine && was.state() == State.SENT))) {
                entries.put(key.attempt(), new Entry(State.RETURNING, incarnation, now));
            }
            return answer(mine);
        }

        @Override
        public Future<Boolean> forget(Key key, Entry expected) {
            told.add("forget");
            return answer(!away && entries.remove(key.attempt(), expected));
        }

        @Override
        public Future<Void> paid(Key key, long nanos, long now) {
            return answer("").mapEmpty();
        }

        @Override
        public Future<Void> unspent(Key key) {
            told.add("unspent");
            return answer("").mapEmpty();
        }

        @Override
        public Future<Seen> look(Key key) {
            Entry entry = entries.get(key.attempt());
            return answer(new Seen(epoch, entry, entry != null && alive.contains(entry.holder())));
        }

        @Override
        public Future<Boolean> giveUp(Key key, @Nullable Entry expected, long now) {
            boolean still = Objects.equals(entries.get(key.attempt()), expected);
            if (still && !away) {
                entries.put(key.attempt(), new Entry(State.UNKNOWN, incarnation, now));
            }
            return answer(still);
        }

        @Override
        public Future<Void> rewrite(Key key, long sentAt) {
            if (!away) {
                entries.putIfAbsent(key.attempt(), new Entry(State.SENT, incarnation, sentAt));
            }
            return answer("").mapEmpty();
        }

        @Override
        public String incarnation() {
            return incarnation;
        }

        @Override
        public boolean heard() {
            return !away && alive.contains(incarnation);
        }
    }
}
