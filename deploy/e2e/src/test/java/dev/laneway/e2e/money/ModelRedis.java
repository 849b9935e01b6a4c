package dev.laneway.e2e.money;

import dev.laneway.contracts.Hold;
import dev.laneway.provider.claims.ClaimStore;
import dev.laneway.runtime.money.Ask;
import dev.laneway.runtime.money.Booking;
import dev.laneway.runtime.money.BudgetStore;
import dev.laneway.runtime.money.Reserved;
import dev.laneway.runtime.money.Reserver;
import dev.laneway.runtime.money.Window;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the scripts over budgets and claims do to Redis, in memory: see {@link dev.laneway.runtime.money.HoldScript} for the names. {@link
 * BudgetStoreContract} holds it to what Redis does. Every question is one step. What keys that expire by themselves do is left out.
 */
final class ModelRedis {
    private static final Map<String, Window> PARSED = new ConcurrentHashMap<>();

    private final LongSupplier clock;
    private Data data = new Data();

    /** Between a process and Redis. */
    interface Line {
        /** One that loses nothing and takes no time. */
        Line STRAIGHT = new Line() {
            @Override
            public <T> Future<T> ask(Supplier<T> question) {
                return Future.succeededFuture(question.get());
            }

            @Override
            public @Nullable String epoch() {
                return null;
            }

            @Override
            public boolean heard() {
                return true;
            }
        };

        <T> Future<T> ask(Supplier<T> question);

        /** As its process has it; null: as it is. */
        @Nullable
        String epoch();

        boolean heard();
    }

    private static final class Data {
        String epoch = "";
        String restored = "";
        final Map<String, Generation> generations = new HashMap<>();
        final Map<String, String> claims = new HashMap<>();
        final Map<String, Long> alive = new HashMap<>();

        Data copy() {
            Data copy = new Data();
            copy.epoch = epoch;
            copy.restored = restored;
            generations.forEach((name, generation) -> copy.generations.put(name, generation.copy()));
            copy.claims.putAll(claims);
            copy.alive.putAll(alive);
            return copy;
        }
    }

    /** What is kept under one epoch. */
    private static final class Generation {
        final Map<String, Sums> sums = new HashMap<>();
        final Map<String, Long> since = new HashMap<>();
        final Set<String> wanted = new LinkedHashSet<>();
        final Map<String, Held> holds = new HashMap<>();

        Generation copy() {
            Generation copy = new Generation();
            sums.forEach((name, each) -> copy.sums.put(name, each.copy()));
            copy.since.putAll(since);
            copy.wanted.addAll(wanted);
            holds.forEach((id, each) -> copy.holds.put(id, each.copy()));
            return copy;
        }

        Sums of(Window window) {
            return sums.computeIfAbsent(window.nameText(), name -> new Sums());
        }
    }

    private static final class Sums {
        @Nullable
        Long spent;

        long open;

        @Nullable
        Long n;

        Sums copy() {
            Sums copy = new Sums();
            copy.spent = spent;
            copy.open = open;
            copy.n = n;
            return copy;
        }
    }

    private static final class Held {
        char state;
        long amount;
        final List<String> windows;
        final String plan;
        final long tokens;
        long score;

        Held(char state, long amount, List<String> windows, String plan, long tokens, long score) {
            this.state = state;
            this.amount = amount;
            this.windows = windows;
            this.plan = plan;
            this.tokens = tokens;
            this.score = score;
        }

        Held copy() {
            return new Held(state, amount, windows, plan, tokens, score);
        }

        void move(char to, long at) {
            state = to;
            score = at;
        }
    }

    /** The least room, or that it is not known. */
    private record Room(Window tight, long left, boolean known) {}

    ModelRedis(LongSupplier clock) {
        this.clock = clock;
    }

    View view(String incarnation, Line line) {
        return new View(incarnation, line);
    }

    String epoch() {
        return data.epoch;
    }

    void epoch(String now) {
        data.epoch = now;
    }

    void alive(String incarnation, long until) {
        data.alive.put(incarnation, until);
    }

    /** All that it holds now. @return brings it back */
    Runnable copy() {
        Data then = data.copy();
        return () -> data = then.copy();
    }

    void empty() {
        data = new Data();
    }

    boolean isRestored() {
        return !data.epoch.isEmpty() && data.restored.equals(data.epoch);
    }

    long spent(Window window) {
        Sums sums = now().sums.get(window.nameText());
        return sums == null || sums.spent == null ? -1 : sums.spent;
    }

    long held(Window window) {
        Sums sums = now().sums.get(window.nameText());
        return sums == null ? 0 : sums.open;
    }

    /** What is held, for a message. */
    List<String> holds() {
        return now().holds.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue().state + " " + each.getValue().amount)
                .toList();
    }

    boolean hasLeftovers() {
        return data.generations.keySet().stream().anyMatch(name -> !name.equals(generation()));
    }

    private String generation() {
        return data.epoch.substring(data.epoch.lastIndexOf('.') + 1);
    }

    private Generation now() {
        return data.generations.computeIfAbsent(generation(), name -> new Generation());
    }

    private static Window window(String text) {
        return PARSED.computeIfAbsent(text, name -> Window.parse(name).orElseThrow());
    }

    private void open(List<String> windows, long by) {
        windows.forEach(text -> now().of(window(text)).open += by);
    }

    private boolean end(String id) {
        Held was = now().holds.remove(id);
        if (was != null) {
            open(was.windows, -was.amount);
        }
        return was != null;
    }

    private void make(String id, char state, long amount, List<String> windows, String plan, long tokens, long score) {
        now().holds.put(id, new Held(state, amount, windows, plan, tokens, score));
        open(windows, amount);
    }

    private Room room(List<String> windows) {
        Generation now = now();
        Room least = null;
        for (String text : windows) {
            Window window = window(text);
            Sums sums = now.of(window);
            if (sums.spent == null) {
                Long since = now.since.get(window.budgetText());
                now.wanted.add(text);
                if (sums.n != null || since == null || window.start() < since) {
                    return new Room(window, 0, false);
                }
                sums.spent = 0L;
            }
            long left = window.limit() - sums.spent - sums.open;
            if (least == null || left < least.left) {
                least = new Room(window, left, true);
            }
        }
        return Objects.requireNonNull(least, "windows");
    }

    private Reserved reserve(Ask ask) {
        endLate(20);
        if (!isRestored()) {
            return new Reserved.NotReady();
        }
        Held was = now().holds.get(ask.attempt());
        if (was != null) {
            return new Reserved.Held(was.plan, was.amount, was.tokens, was.windows);
        }
        List<String> windows = ask.windows().stream().map(Window::text).toList();
        Room room = room(windows);
        if (!room.known) {
            return new Reserved.Loading();
        }
        long tokens = ask.tokens();
        long amount = ask.fixed() + ask.perToken() * tokens;
        if (amount > room.left && ask.fewest() < ask.tokens() && ask.perToken() > 0) {
            long most = Math.floorDiv(room.left - ask.fixed(), ask.perToken());
            if (most >= ask.fewest()) {
                tokens = Math.min(most, Math.max(Math.max(1024, ask.fewest()), most / 4));
                amount = ask.fixed() + ask.perToken() * tokens;
            }
        }
        if (amount > room.left) {
            return new Reserved.Over(
                    room.tight,
                    room.left,
                    ask.windows().stream().map(each -> now().of(each).spent).toList());
        }
        make(ask.attempt(), 'h', amount, windows, ask.plan(), tokens, ask.deadline());
        return new Reserved.Held(ask.plan(), amount, tokens, windows);
    }

    private void endLate(int most) {
        long time = clock.getAsLong();
        now().holds.entrySet().stream()
                .filter(each -> each.getValue().state == 'h' && each.getValue().score < time)
                .map(Map.Entry::getKey)
                .limit(most)
                .toList()
                .forEach(this::end);
    }

    private void book(Booking booking) {
        if (!booking.corrects()) {
            end(booking.attempt());
        }
        for (Window window : booking.windows()) {
            Sums sums = now().of(window);
            sums.n = sums.n == null ? 1 : sums.n + 1;
            if (sums.spent != null && booking.nanos() < 0) {
                now().wanted.add(window.text());
            } else if (sums.spent != null) {
                sums.spent += booking.nanos();
            }
        }
    }

    private String moment(Window window) {
        Long n = now().of(window).n;
        return generation() + ":" + (isRestored() ? "r" : "-") + (n == null ? 0 : n);
    }

    private boolean load(Window window, long spent, String moment) {
        if (!isRestored() || !moment(window).equals(moment)) {
            return false;
        }
        now().of(window).spent = spent;
        now().since.putIfAbsent(window.budgetText(), clock.getAsLong());
        return true;
    }

    private void forget(Window window) {
        Sums sums = now().of(window);
        sums.spent = null;
        sums.n = sums.n == null ? 1 : sums.n + 1;
        now().since.remove(window.budgetText());
    }

    private List<BudgetStore.Unbooked> unbooked(char state, long before, int most) {
        return now().holds.entrySet().stream()
                .filter(each -> each.getValue().state == state && each.getValue().score <= before)
                .sorted(Comparator.comparingLong(each -> each.getValue().score))
                .limit(most)
                .map(each -> new BudgetStore.Unbooked(
                        each.getKey(),
                        each.getValue().windows.stream().map(ModelRedis::window).toList()))
                .toList();
    }

    private ClaimStore.Begun begin(String mine, ClaimStore.Key key, String seen, long time) {
        if (!seen.equals(data.epoch)) {
            return ClaimStore.Begun.OTHER_EPOCH;
        }
        String was = data.claims.get(key.attempt());
        if (was != null && !was.startsWith("s:" + mine + ":")) {
            return ClaimStore.Begun.TAKEN;
        }
        Hold hold = key.hold();
        ClaimStore.Begun begun = hold != null && isCounted(hold) ? sent(key, hold, time) : ClaimStore.Begun.GRANTED;
        if (begun == ClaimStore.Begun.GRANTED) {
            data.claims.putIfAbsent(key.attempt(), "s:" + mine + ":" + time);
        } else {
            data.claims.remove(key.attempt());
        }
        return begun;
    }

    private static boolean isCounted(@Nullable Hold hold) {
        return hold != null && !hold.windows().isEmpty();
    }

    private ClaimStore.Begun sent(ClaimStore.Key key, Hold hold, long time) {
        long amount = hold.amount().nanosUp();
        Held was = now().holds.get(key.attempt());
        if (was != null && was.state == 'h' && amount <= was.amount && was.windows.equals(hold.windows())) {
            was.move('s', time);
            return ClaimStore.Begun.GRANTED;
        }
        if (was != null && was.state != 'h') {
            return ClaimStore.Begun.GRANTED;
        }
        if (!isRestored()) {
            return ClaimStore.Begun.BUDGETS_AWAY;
        }
        end(key.attempt());
        Room room = room(hold.windows());
        if (!room.known) {
            return ClaimStore.Begun.BUDGETS_AWAY;
        }
        if (amount > room.left) {
            return ClaimStore.Begun.OVER_BUDGET;
        }
        make(key.attempt(), 's', amount, hold.windows(), key.plan(), hold.maxTokens(), time);
        return ClaimStore.Begun.GRANTED;
    }

    private void rewrite(String mine, ClaimStore.Key key, long sentAt) {
        Hold hold = key.hold();
        String was = data.claims.putIfAbsent(key.attempt(), "s:" + mine + ":" + sentAt);
        if ((was == null || was.startsWith("s:" + mine + ":")) && hold != null && isCounted(hold)) {
            Held held = now().holds.get(key.attempt());
            if (held == null || held.state == 'h') {
                end(key.attempt());
                long amount = hold.amount().nanosUp();
                make(key.attempt(), 's', amount, hold.windows(), key.plan(), hold.maxTokens(), sentAt);
            }
        }
    }

    private void withdraw(String mine, ClaimStore.Key key) {
        String was = data.claims.get(key.attempt());
        if (was != null && was.startsWith("s:" + mine + ":")) {
            data.claims.remove(key.attempt());
            Held held = now().holds.get(key.attempt());
            if (isCounted(key.hold()) && held != null && held.state == 's') {
                held.move('h', key.deadline());
            }
        }
    }

    private boolean returning(String mine, ClaimStore.Key key, long time) {
        String was = data.claims.get(key.attempt());
        boolean begun = was != null && was.startsWith("s:" + mine + ":");
        if (was == null || begun) {
            data.claims.put(key.attempt(), "t:" + mine + ":" + time);
            Held held = now().holds.get(key.attempt());
            if (begun && isCounted(key.hold()) && held != null && held.state == 's') {
                held.move('h', key.deadline());
            }
            return true;
        }
        return was.startsWith(":" + mine + ":", 1);
    }

    private boolean forget(ClaimStore.Key key, ClaimStore.Entry expected) {
        String was = data.claims.get(key.attempt());
        return was != null && entry(was).equals(expected) && data.claims.remove(key.attempt(), was);
    }

    private void paid(ClaimStore.Key key, long nanos, long time) {
        Held held = now().holds.get(key.attempt());
        if (held != null) {
            long amount = held.state == 'd' ? Math.max(nanos, held.amount) : nanos;
            open(held.windows, amount - held.amount);
            held.amount = amount;
            held.move('d', time);
        }
    }

    private void unspent(ClaimStore.Key key) {
        Held held = now().holds.get(key.attempt());
        if (held != null && held.state == 'h') {
            end(key.attempt());
        }
    }

    private void settled(String mine, ClaimStore.Key key) {
        String was = data.claims.get(key.attempt());
        if (was == null || was.startsWith(":" + mine + ":", 1)) {
            data.claims.put(key.attempt(), "f");
        }
    }

    private ClaimStore.Seen look(ClaimStore.Key key) {
        String was = data.claims.get(key.attempt());
        if (was == null) {
            return new ClaimStore.Seen(data.epoch, null, false);
        }
        ClaimStore.Entry entry = entry(was);
        long until = data.alive.getOrDefault(entry.holder(), Long.MIN_VALUE);
        return new ClaimStore.Seen(data.epoch, entry, until > clock.getAsLong());
    }

    private static ClaimStore.Entry entry(String text) {
        String[] parts = text.split(":", -1);
        return switch (parts[0]) {
            case "s" -> new ClaimStore.Entry(ClaimStore.State.SENT, parts[1], Long.parseLong(parts[2]));
            case "t" -> new ClaimStore.Entry(ClaimStore.State.RETURNING, parts[1], Long.parseLong(parts[2]));
            case "u" -> new ClaimStore.Entry(ClaimStore.State.UNKNOWN, parts[1], Long.parseLong(parts[2]));
            default -> new ClaimStore.Entry(ClaimStore.State.SETTLED, "", 0);
        };
    }

    private boolean giveUp(String mine, ClaimStore.Key key, ClaimStore.@Nullable Entry expected, long time) {
        String was = data.claims.get(key.attempt());
        if (!Objects.equals(was == null ? null : entry(was), expected)) {
            return false;
        }
        data.claims.put(key.attempt(), "u:" + mine + ":" + time);
        return true;
    }

    /** As one process sees it. */
    final class View implements Reserver, BudgetStore, ClaimStore {
        private final String incarnation;
        private final Line line;

        private View(String incarnation, Line line) {
            this.incarnation = incarnation;
            this.line = line;
        }

        private Future<Void> tell(Runnable step) {
            return line.ask(() -> {
                        step.run();
                        return true;
                    })
                    .mapEmpty();
        }

        @Override
        public Future<Reserved> reserve(Ask ask) {
            return line.ask(() -> ModelRedis.this.reserve(ask));
        }

        @Override
        public Future<Void> book(List<Booking> bookings) {
            return tell(() -> bookings.forEach(ModelRedis.this::book));
        }

        @Override
        public Future<Void> release(List<String> attempts) {
            return tell(() -> attempts.forEach(ModelRedis.this::end));
        }

        @Override
        public Future<List<String>> wanted(int most) {
            return line.ask(() -> {
                List<String> some = now().wanted.stream().limit(most).toList();
                some.forEach(now().wanted::remove);
                return some;
            });
        }

        @Override
        public Future<String> bookings(Window window) {
            return line.ask(() -> moment(window));
        }

        @Override
        public Future<Boolean> load(Window window, long spent, String bookings) {
            return line.ask(() -> ModelRedis.this.load(window, spent, bookings));
        }

        @Override
        public Future<Void> forget(Window window) {
            return tell(() -> ModelRedis.this.forget(window));
        }

        @Override
        public Future<Boolean> ready(String epoch) {
            return line.ask(() -> {
                if (data.epoch.equals(epoch)) {
                    data.restored = epoch;
                }
                return data.epoch.equals(epoch);
            });
        }

        @Override
        public Future<Boolean> isReady() {
            return line.ask(ModelRedis.this::isRestored);
        }

        @Override
        public Future<List<Unbooked>> unbooked(long sentBefore, long settledBefore, int most) {
            return line.ask(() -> Stream.concat(
                            ModelRedis.this.unbooked('s', sentBefore, most).stream(),
                            ModelRedis.this.unbooked('d', settledBefore, most).stream())
                    .toList());
        }

        @Override
        public Future<Long> sweep() {
            return line.ask(() -> {
                endLate(1_000);
                return (long) now().holds.size();
            });
        }

        @Override
        public Future<Void> tidy() {
            return tell(() -> data.generations.keySet().removeIf(name -> !name.equals(generation())));
        }

        @Override
        public String epoch() {
            String seen = line.epoch();
            return seen == null ? data.epoch : seen;
        }

        @Override
        public Future<Begun> begin(Key key, String epoch, long now) {
            return line.ask(() -> ModelRedis.this.begin(incarnation, key, epoch, now));
        }

        @Override
        public Future<Void> settled(Key key) {
            return tell(() -> ModelRedis.this.settled(incarnation, key));
        }

        @Override
        public Future<Void> withdraw(Key key) {
            return tell(() -> ModelRedis.this.withdraw(incarnation, key));
        }

        @Override
        public Future<Boolean> returning(Key key, long now) {
            return line.ask(() -> ModelRedis.this.returning(incarnation, key, now));
        }

        @Override
        public Future<Boolean> forget(Key key, Entry expected) {
            return line.ask(() -> ModelRedis.this.forget(key, expected));
        }

        @Override
        public Future<Void> paid(Key key, long nanos, long now) {
            return tell(() -> ModelRedis.this.paid(key, nanos, now));
        }

        @Override
        public Future<Void> unspent(Key key) {
            return tell(() -> ModelRedis.this.unspent(key));
        }

        @Override
        public Future<Seen> look(Key key) {
            return line.ask(() -> ModelRedis.this.look(key));
        }

        @Override
        public Future<Boolean> giveUp(Key key, @Nullable Entry expected, long now) {
            return line.ask(() -> ModelRedis.this.giveUp(incarnation, key, expected, now));
        }

        @Override
        public Future<Void> rewrite(Key key, long sentAt) {
            return tell(() -> ModelRedis.this.rewrite(incarnation, key, sentAt));
        }

        @Override
        public String incarnation() {
            return incarnation;
        }

        @Override
        public boolean heard() {
            return line.heard();
        }
    }
}
