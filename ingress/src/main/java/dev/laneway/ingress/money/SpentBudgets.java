package dev.laneway.ingress.money;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Shortage;
import dev.laneway.runtime.money.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How little is left of budgets, as routers said it when they refused something: by what is booked alone, so nothing but a change of the
 * budget or a correction of the ledger makes it more. It is believed for {@value #LONGEST_MILLIS} ms at most, never past the window's end, and not
 * any more once the budget's holder is changed; from {@value #ASKED_AGAIN_MILLIS} ms on one request at a time goes and asks. At most
 * {@value #MOST} windows: the one that was learned first is forgotten for one more, which costs a question. Safe on any thread.
 */
final class SpentBudgets {
    static final int MOST = 10_000;
    static final long ASKED_AGAIN_MILLIS = 800;
    static final long LONGEST_MILLIS = 1_200;
    /** Changes that are told apart by whom they are of. */
    static final int MOST_CHANGES = 1_000;

    private final LongSupplier clock;
    private final Map<Window, Known> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Window, Known> eldest) {
            return size() > MOST;
        }
    };
    private final Map<Holder, Long> changes = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Holder, Long> eldest) {
            boolean tooMany = size() > MOST_CHANGES;
            if (tooMany) {
                everybodyChanged = Math.max(everybodyChanged, eldest.getValue());
            }
            return tooMany;
        }
    };
    private long everybodyChanged;
    private volatile long changed;
    private volatile boolean empty = true;

    private record Holder(Scope scope, String id) {}

    private static final class Known {
        final long left;
        final long since;
        final long until;
        boolean asked;

        Known(long left, long since, long until) {
            this.left = left;
            this.since = since;
            this.until = until;
        }
    }

    /** @param clock epoch milliseconds */
    SpentBudgets(LongSupplier clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Names what is in force: what a request that is published now learns is of it, or of something later. */
    long moment() {
        return changed;
    }

    /**
     * Takes what a router said.
     *
     * @param moment when what it was said of was published
     */
    synchronized void learn(long moment, List<Shortage> shortages) {
        long now = clock.getAsLong();
        for (Shortage shortage : shortages) {
            Window.parse(shortage.window())
                    .filter(window -> now < window.end())
                    .filter(window -> moment >= changedLast(window))
                    .ifPresent(window -> put(
                            window,
                            new Known(shortage.left().nanosUp(), now, Math.min(now + LONGEST_MILLIS, window.end()))));
        }
    }

    private void put(Window window, Known what) {
        known.remove(window);
        known.put(window, what);
        empty = false;
    }

    private long changedLast(Window window) {
        return Math.max(
                everybodyChanged, changes.getOrDefault(new Holder(window.scope(), window.holder()), Long.MIN_VALUE));
    }

    /** Forgets what was known of a holder: from now on something else may be in force. */
    void changed(Control entity) {
        switch (entity) {
            case Control.Key key -> changed(Scope.KEY, key.id());
            case Control.Team team -> changed(Scope.TEAM, team.id());
            case Control.User user -> changed(Scope.USER, user.id());
            case Control.Purse purse -> changed(purse.scope(), purse.id());
            case Control.Config config -> everythingChanged();
            // any number of keys may have their budgets from it
            case Control.Template template -> everythingChanged();
            case Control.MasterKey key -> {}
            case Control.Silence silence -> {}
        }
    }

    private synchronized void changed(Scope scope, String id) {
        Holder holder = new Holder(scope, id);
        changed++;
        changes.remove(holder);
        changes.put(holder, changed);
        known.keySet()
                .removeIf(window -> window.scope() == scope && window.holder().equals(id));
        empty = known.isEmpty();
    }

    /** Forgets all: another config may be in force from now on. */
    synchronized void everythingChanged() {
        changed++;
        everybodyChanged = changed;
        known.clear();
        empty = true;
    }

    boolean isEmpty() {
        return empty;
    }

    /** What is left of a window at most, billionths of a dollar; empty where nobody said so lately. */
    synchronized OptionalLong left(Window window) {
        Known what = known.get(window);
        if (what == null) {
            return OptionalLong.empty();
        }
        if (clock.getAsLong() >= what.until) {
            known.remove(window);
            empty = known.isEmpty();
            return OptionalLong.empty();
        }
        return OptionalLong.of(what.left);
    }

    /** Whether the request that would be refused for these windows should go and ask, since what is known of one is about to be forgotten. */
    synchronized boolean isDue(List<Window> windows) {
        long now = clock.getAsLong();
        boolean due = false;
        for (Window window : windows) {
            Known what = known.get(window);
            if (what != null && !what.asked && now - what.since >= ASKED_AGAIN_MILLIS) {
                what.asked = true;
                due = true;
            }
        }
        return due;
    }

    synchronized int size() {
        return known.size();
    }
}
