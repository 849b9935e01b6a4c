package dev.laneway.provider.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.runtime.kafka.InheritedMarks;
import dev.laneway.runtime.kafka.PartitionProgress;
import dev.laneway.runtime.kafka.StartMark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * One partition of attempts, several workers, and everything that may happen to them, in virtual time and by a seed: out-of-order ends, calls
 * that take very long, rebalances, redelivery, freezes, deaths at any step, a memory of claims that is emptied, away, replaced or brought
 * back. The rules are the real ones ({@link PartitionProgress}, {@link Doubt}); broker, Redis and vendor are models.
 */
class ProtocolSimulationTest {
    private static final int SCHEDULES = 100_000;
    private static final int STEPS = 120;
    private static final long MILLI = 1_000_000;
    private static final long ALIVE_NANOS = 6_000 * MILLI;
    private static final long SESSION_NANOS = 8_000 * MILLI;

    @Test
    void shouldCallOnceAndEndOnceWhateverHappens() {
        Tally tally = new Tally();
        for (long seed = 0; seed < SCHEDULES; seed++) {
            World world = new World(seed, true);
            world.run();
            world.check(tally);
        }
        // the storm was one: each of these has to have happened often
        assertThat(tally.called).isGreaterThan(SCHEDULES);
        assertThat(tally.unknown).isGreaterThan(SCHEDULES / 20);
        assertThat(tally.deaths).isGreaterThan(SCHEDULES / 2);
        assertThat(tally.forgotten).isGreaterThan(SCHEDULES / 4);
        assertThat(tally.late).isGreaterThan(10);
    }

    @Test
    void shouldCallUnknownOnlyWhatWasSentWhereTheMemoryNeverFails() {
        for (long seed = 0; seed < SCHEDULES / 5; seed++) {
            World world = new World(seed, false);
            world.run();
            world.check(new Tally());
            for (String attempt : world.unknown) {
                assertThat(world.granted).as("seed " + seed + ", " + attempt).contains(attempt);
            }
        }
    }

    /** What came of all schedules. */
    private static final class Tally {
        int called;
        int unknown;
        int deaths;
        int forgotten;
        int late;
    }

    /** A record of the partition. */
    private record Logged(String attempt, @Nullable String maybe) {}

    /** What is remembered under one epoch. */
    private static final class Memory {
        final Map<String, ClaimStore.Entry> claims = new HashMap<>();
        final Map<String, Long> heard = new HashMap<>();
    }

    private static final class World {
        final SplittableRandom random;
        final long seed;
        final boolean faults;
        final List<Logged> log = new ArrayList<>();
        final List<String> publishedUnder = new ArrayList<>();
        final Map<String, Integer> calls = new HashMap<>();
        final Map<String, String> outcomes = new HashMap<>();
        final Set<String> unknown = new HashSet<>();
        final Set<String> granted = new HashSet<>();
        final List<Worker> workers = new ArrayList<>();
        final Map<String, Memory> memories = new HashMap<>();
        String epoch = "e0";
        boolean away;
        long now = 1_000_000_000_000L;
        long committed;

        @Nullable
        StartMark mark;

        @Nullable
        Worker owner;

        long ownerHeard;
        int generation;
        int deaths;
        int forgotten;
        int late;
        int names;

        World(long seed, boolean faults) {
            this.seed = seed;
            this.faults = faults;
            this.random = new SplittableRandom(seed);
            memories.put(epoch, new Memory());
            for (int i = 0; i < 3; i++) {
                workers.add(new Worker(this));
            }
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            // the storm is over: what lives goes on until all is done
            away = false;
            workers.forEach(worker -> worker.frozen = false);
            for (int i = 0; i < 4_000 && !idle(); i++) {
                now += 100 * MILLI;
                expire();
                if (owner == null) {
                    assign(workers.get(0));
                }
                for (Worker worker : List.copyOf(workers)) {
                    worker.beat();
                    worker.poll(5);
                    worker.work(3);
                    worker.commit();
                }
            }
        }

        boolean idle() {
            return owner != null
                    && committed == log.size()
                    && workers.stream().allMatch(worker -> worker.underWay.isEmpty());
        }

        void step() {
            now += random.nextLong(random.nextInt(10) == 0 ? 9_000 * MILLI : 300 * MILLI);
            expire();
            Worker worker = workers.get(random.nextInt(workers.size()));
            switch (random.nextInt(faults ? 22 : 18)) {
                case 0, 1, 2 -> append();
                case 3, 4, 5 -> worker.poll(random.nextInt(1, 4));
                case 6, 7, 8, 9 -> worker.work(random.nextInt(1, 4));
                case 10, 11 -> worker.commit();
                case 12, 13 -> worker.beat();
                case 14 -> rebalance(workers.get(random.nextInt(workers.size())));
                case 15 -> worker.frozen = random.nextInt(3) == 0;
                case 16 -> die(worker);
                case 17 -> workers.forEach(Worker::beat);
                case 18, 19 -> forget();
                case 20 -> away = random.nextBoolean();
                default -> bringBack();
            }
        }

        void append() {
            if (!log.isEmpty() && random.nextInt(6) == 0) {
                int at = random.nextInt(log.size());
                // the router says since when it may have been published
                log.add(new Logged(log.get(at).attempt(), publishedUnder.get(at)));
                publishedUnder.add(publishedUnder.get(at));
            } else {
                log.add(new Logged("a" + log.size(), null));
                publishedUnder.add(away ? StartMark.NO_EPOCH : epoch);
            }
        }

        void forget() {
            epoch = "e" + memories.size();
            memories.put(epoch, new Memory());
            forgotten++;
        }

        /** The server of an earlier epoch is there again, with all that it knew. */
        void bringBack() {
            epoch = "e" + random.nextInt(memories.size());
        }

        void die(Worker worker) {
            deaths++;
            worker.dead = true;
            workers.set(workers.indexOf(worker), new Worker(this));
            if (random.nextInt(4) == 0 && worker == owner) {
                ownerHeard = now - SESSION_NANOS; // noticed at once: its connection was closed
            }
        }

        void expire() {
            if (owner != null && !owner.frozen && !owner.dead) {
                ownerHeard = now;
            }
            if (owner != null && now - ownerHeard > SESSION_NANOS) {
                owner = null;
                assign(workers.get(random.nextInt(workers.size())));
            }
        }

        void rebalance(Worker to) {
            if (!to.frozen && (owner == null || !(owner.frozen || owner.dead))) {
                if (owner != null) {
                    owner.revoked();
                }
                assign(to);
            }
        }

        void assign(Worker to) {
            if (to.frozen) {
                return;
            }
            owner = to;
            ownerHeard = now;
            generation++;
            to.assigned(generation, committed, mark, log.size());
        }

        Memory memory() {
            return memories.get(epoch);
        }

        void check(Tally tally) {
            String of = "seed " + seed;
            calls.forEach((attempt, count) ->
                    assertThat(count).as(of + ", calls of " + attempt).isEqualTo(1));
            for (Logged record : log) {
                assertThat(outcomes).as(of).containsKey(record.attempt());
            }
            assertThat(committed).as(of + ", committed").isEqualTo(log.size());
            tally.called += calls.size();
            tally.unknown += unknown.size();
            tally.deaths += deaths;
            tally.forgotten += forgotten;
            tally.late += late;
        }
    }

    /** One process. */
    private static final class Worker {
        final World world;
        final String incarnation;
        final Map<Long, Job> underWay = new LinkedHashMap<>();
        final Set<String> held = new HashSet<>();
        final Set<String> settled = new HashSet<>();
        final Set<String> unsettled = new HashSet<>();

        @Nullable
        PartitionProgress progress;

        int generation = -1;
        long position;
        String view = StartMark.NO_EPOCH;
        long heardAt = Long.MIN_VALUE / 2;
        boolean frozen;
        boolean dead;

        /** An attempt between its delivery and its end. */
        private static final class Job {
            final Logged record;
            final Doubt doubt;
            final int generation;
            boolean sent;
            boolean looked;
            boolean mine;

            Job(Logged record, Doubt doubt, int generation) {
                this.record = record;
                this.doubt = doubt;
                this.generation = generation;
            }
        }

        Worker(World world) {
            this.world = world;
            this.incarnation = "w" + world.names++;
            beat();
        }

        void assigned(int number, long from, @Nullable StartMark mark, long end) {
            generation = number;
            position = from;
            progress = PartitionProgress.marked(new InheritedMarks.Inherited(from, end, mark), view);
            // what it had of the partition before goes on, and is not committed by this assignment
        }

        void revoked() {
            progress = null;
        }

        boolean stops() {
            return frozen || dead;
        }

        void beat() {
            if (stops()) {
                return;
            }
            if (world.away) {
                view = StartMark.NO_EPOCH;
                return;
            }
            world.memory().heard.put(incarnation, world.now);
            heardAt = world.now;
            if (!world.epoch.equals(view)) {
                view = world.epoch;
                unsettled.forEach(this::settle);
                unsettled.clear();
                underWay.values().stream()
                        .filter(job -> job.sent)
                        .forEach(job -> world.memory().claims.putIfAbsent(job.record.attempt(), sent(incarnation)));
            }
        }

        private ClaimStore.Entry sent(String holder) {
            return new ClaimStore.Entry(ClaimStore.State.SENT, holder, 0);
        }

        void poll(int most) {
            PartitionProgress mine = progress;
            for (int i = 0; i < most && !stops() && mine != null && position < world.log.size(); i++) {
                if (!mine.holds(position, view, world.now)) {
                    return;
                }
                Logged record = world.log.get((int) position);
                mine.taken(position);
                Doubt doubt = new Doubt(mine.doubt(position), record.maybe(), mine.mixed());
                // another delivery of a record that is still under way here is another job
                underWay.put(position + 1_000_000L * generation, new Job(record, doubt, generation));
                position++;
            }
        }

        void work(int most) {
            List<Long> keys = new ArrayList<>(underWay.keySet());
            for (int i = 0; i < most && !stops() && !keys.isEmpty(); i++) {
                Long key = keys.remove(world.random.nextInt(keys.size()));
                Job job = underWay.get(key);
                if (job != null && advance(job, key % 1_000_000L)) {
                    underWay.remove(key);
                    if (progress != null && job.generation == generation) {
                        progress.finish(key % 1_000_000L);
                    }
                }
            }
        }

        /** One step of an attempt. @return whether its record is done with here */
        private boolean advance(Job job, long offset) {
            String attempt = job.record.attempt();
            if (job.sent) {
                return end(job);
            }
            if (!job.mine) {
                if (settled.contains(attempt)) {
                    return true;
                }
                if (!held.add(attempt)) {
                    return false; // another delivery of it runs here
                }
                job.mine = true;
            }
            boolean assigned = progress != null && job.generation == generation;
            if (!assigned) {
                held.remove(attempt);
                return true; // its new owner has it
            }
            if (!job.doubt.isNone() && !job.looked) {
                return look(job, attempt);
            }
            if (!progress.holds(offset, view, world.now)) {
                return false;
            }
            if (view.equals(StartMark.NO_EPOCH)) {
                call(job);
                return false;
            }
            if (world.away) {
                view = StartMark.NO_EPOCH;
                return false;
            }
            if (!view.equals(world.epoch)) {
                beat();
                return false;
            }
            ClaimStore.Entry before = world.memory().claims.putIfAbsent(attempt, sent(incarnation));
            if (before == null || before.equals(sent(incarnation))) {
                world.granted.add(attempt);
                if (world.random.nextInt(8) != 0) {
                    call(job);
                } else {
                    world.die(this); // between the grant and the first byte
                }
                return false;
            }
            job.looked = false;
            return look(job, attempt);
        }

        private void call(Job job) {
            job.sent = true;
            world.calls.merge(job.record.attempt(), 1, Integer::sum);
        }

        private boolean look(Job job, String attempt) {
            ClaimStore.Seen seen = seen(attempt);
            return switch (job.doubt.step(seen, incarnation)) {
                case CALL -> {
                    job.looked = true;
                    yield false;
                }
                case DONE -> done(attempt);
                case WATCH -> // now and then the log is asked
                    world.random.nextInt(5) == 0 && world.outcomes.containsKey(attempt) && done(attempt);
                case LOG_OR_CALL -> {
                    job.looked = true;
                    yield world.outcomes.containsKey(attempt) && done(attempt);
                }
                case LOG_OR_UNKNOWN -> {
                    if (!world.outcomes.containsKey(attempt)) {
                        if (!world.away) {
                            world.memory()
                                    .claims
                                    .put(attempt, new ClaimStore.Entry(ClaimStore.State.UNKNOWN, incarnation, 0));
                        }
                        world.outcomes.put(attempt, "unknown");
                        world.unknown.add(attempt);
                    }
                    settle(attempt);
                    yield done(attempt);
                }
            };
        }

        private ClaimStore.Seen seen(String attempt) {
            if (world.away) {
                return new ClaimStore.Seen(StartMark.NO_EPOCH, null, false);
            }
            ClaimStore.Entry entry = world.memory().claims.get(attempt);
            long heard = entry == null ? 0 : world.memory().heard.getOrDefault(entry.holder(), 0L);
            return new ClaimStore.Seen(world.epoch, entry, world.now - heard < ALIVE_NANOS);
        }

        private boolean done(String attempt) {
            held.remove(attempt);
            settled.add(attempt);
            return true;
        }

        private boolean end(Job job) {
            String attempt = job.record.attempt();
            switch (world.random.nextInt(6)) {
                case 0 -> world.die(this);
                case 1, 2 -> {
                    // it takes its time
                }
                default -> {
                    if (world.outcomes.putIfAbsent(attempt, "answered") != null) {
                        world.late++;
                    }
                    if (world.random.nextInt(10) == 0) {
                        world.die(this); // between the outcome and what follows
                        return false;
                    }
                    settle(attempt);
                    return done(attempt);
                }
            }
            return false;
        }

        private void settle(String attempt) {
            if (world.away) {
                unsettled.add(attempt);
            } else {
                world.memory()
                        .claims
                        .merge(
                                attempt,
                                new ClaimStore.Entry(ClaimStore.State.SETTLED, "", 0),
                                (was, f) -> was.state() == ClaimStore.State.SETTLED
                                                || was.holder().equals(incarnation)
                                        ? f
                                        : was);
            }
        }

        void commit() {
            PartitionProgress mine = progress;
            if (stops() || mine == null) {
                return;
            }
            PartitionProgress.Due due = mine.due(view, StartMark.NO_EPOCH, 0, world.now);
            if (due == null) {
                return;
            }
            if (world.owner != this || world.generation != generation) {
                progress = null; // the broker refuses it: another member has the partition
                return;
            }
            assertThat(due.offset()).as("seed " + world.seed).isGreaterThanOrEqualTo(world.committed);
            for (long offset = world.committed; offset < due.offset(); offset++) {
                assertThat(world.outcomes)
                        .as("seed " + world.seed + ", committed past " + offset)
                        .containsKey(world.log.get((int) offset).attempt());
            }
            world.committed = due.offset();
            world.mark = due.mark();
            mine.accepted(due);
        }
    }
}
