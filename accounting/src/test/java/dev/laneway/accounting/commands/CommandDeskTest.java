package dev.laneway.accounting.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Command;
import dev.laneway.contracts.CommandRefusal;
import dev.laneway.contracts.CommandRefusal.Reason;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of commands, whatever database and broker do. */
class CommandDeskTest {
    private final Vertx vertx = Vertx.vertx();
    private final Meters meters = Meters.create();
    private final Map<String, Control.Entity> topic = new ConcurrentHashMap<>();
    private final List<Control.Entity> published = new CopyOnWriteArrayList<>();
    private final List<CommandRefusal> refusals = new CopyOnWriteArrayList<>();
    private final Store store = new Store();
    private final AtomicLong clock = new AtomicLong(1_000_000);
    private volatile boolean writer = true;
    private volatile boolean brokerLosesAnswers;
    private volatile boolean brokerLosesRecord;
    private CommandDesk desk;

    /** Keeps in memory, or not. */
    private static final class Store implements EntityStore {
        private final List<String> audit = new CopyOnWriteArrayList<>();
        private final Map<String, Long> rows = new ConcurrentHashMap<>();
        private volatile boolean away;
        private volatile boolean losesCommits;
        private volatile boolean hangs;
        private volatile boolean isAnothers;
        private final AtomicInteger projections = new AtomicInteger();
        private final AtomicInteger notes = new AtomicInteger();
        /** What happens before what is kept is to be published. */
        private volatile Runnable meanwhile = () -> {};
        /** What was to be published when it hung. */
        private volatile @Nullable Supplier<Future<Void>> hung;

        @Override
        public Future<Void> keep(
                Command command,
                Control.@Nullable Entity before,
                Control.Entity after,
                Supplier<Future<Void>> publish) {
            if (away) {
                return Future.failedFuture("away");
            }
            if (isAnothers) {
                isAnothers = false;
                return Future.failedFuture(new NotTheWriter());
            }
            meanwhile.run();
            if (hangs) {
                hung = publish;
                return io.vertx.core.Promise.<Void>promise().future();
            }
            return publish.get().compose(done -> {
                if (losesCommits) {
                    losesCommits = false;
                    return Future.failedFuture("gone before the commit");
                }
                return note(command, after);
            });
        }

        @Override
        public Future<Void> note(Command command, Control.Entity after) {
            notes.incrementAndGet();
            if (away) {
                return Future.failedFuture("away");
            }
            if (!audit.contains(command.id())) {
                audit.add(command.id());
            }
            rows.put(after.key(), after.version());
            return Future.succeededFuture();
        }

        @Override
        public Future<Integer> project(Collection<Control.Entity> inForce) {
            projections.incrementAndGet();
            inForce.forEach(entity -> rows.put(entity.key(), entity.version()));
            return Future.succeededFuture(inForce.size());
        }
    }

    @BeforeEach
    void open() throws Exception {
        desk = onContext(() -> new CommandDesk(
                vertx,
                new CommandDesk.InForce() {
                    @Override
                    public Control.@Nullable Entity entity(String key) {
                        return topic.get(key);
                    }

                    @Override
                    public Collection<Control.Entity> entities() {
                        return topic.values();
                    }
                },
                this::publish,
                refusals::add,
                store,
                () -> writer,
                clock::get,
                meters));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
        meters.close();
    }

    private Future<Void> publish(Control entity) {
        published.add((Control.Entity) entity);
        if (brokerLosesRecord) {
            brokerLosesRecord = false;
            return Future.failedFuture("lost");
        }
        topic.put(entity.key(), (Control.Entity) entity);
        return brokerLosesAnswers ? Future.failedFuture("no answer") : Future.succeededFuture();
    }

    private <T> T onContext(Supplier<T> work) throws Exception {
        io.vertx.core.Promise<T> done = io.vertx.core.Promise.promise();
        vertx.runOnContext(v -> done.complete(work.get()));
        return done.future().toCompletionStage().toCompletableFuture().get();
    }

    private void take(Command command) throws Exception {
        onContext(() -> {
            desk.take(command);
            return true;
        });
    }

    private Command command(String id, long seen, Control.Entity entity) {
        return new Command(id, "master", Command.Action.UPDATE, clock.get(), clock.get() + 3_000, seen, entity);
    }

    private static Control.Key key(String id, @Nullable String alias) {
        return new KeyDraft(id, id.repeat(8), 0).alias(alias).build();
    }

    @Test
    void shouldPublishAndKeepAChange() throws Exception {
        take(command("cmd_1", 0, key("a", null)));

        await().until(() -> store.audit.contains("cmd_1"));
        assertThat(published).singleElement().satisfies(entity -> {
            assertThat(entity.version()).isEqualTo(1);
            assertThat(entity.command()).isEqualTo("cmd_1");
        });
    }

    @Test
    void shouldDoNothingThatWasWorkedOutFromAnotherVersion() throws Exception {
        take(command("cmd_1", 0, key("a", "one")));

        take(command("cmd_2", 0, key("a", "two")));

        await().until(() -> refusals.contains(new CommandRefusal("cmd_2", Reason.CONFLICT, null)));
        assertThat(published).hasSize(1);
    }

    @Test
    void shouldGiveNoNameTwice() throws Exception {
        take(command("cmd_1", 0, key("a", "one")));

        take(command("cmd_2", 0, key("b", "one")));

        await().until(() -> refusals.contains(new CommandRefusal("cmd_2", Reason.TAKEN, "key_alias")));
    }

    @Test
    void shouldDoNothingThatHasExpired() throws Exception {
        Command late = command("cmd_1", 0, key("a", null));
        clock.addAndGet(3_000);

        take(late);

        await().until(() -> refusals.contains(new CommandRefusal("cmd_1", Reason.EXPIRED, null)));
        assertThat(published).isEmpty();
    }

    @Test
    void shouldDoNothingLaterThatTheDatabaseCouldNotKeep() throws Exception {
        store.away = true;
        take(command("cmd_1", 0, key("a", null)));
        await().until(() -> refusals.contains(new CommandRefusal("cmd_1", Reason.DATABASE_AWAY, null)));
        store.away = false;

        take(command("cmd_2", 0, key("b", null)));

        await().until(() -> store.audit.contains("cmd_2"));
        assertThat(published).extracting(Control.Entity::id).containsExactly("b");
    }

    @Test
    void shouldNoteWhatIsInForceThoughItsTransactionWasLost() throws Exception {
        store.losesCommits = true;

        take(command("cmd_1", 0, key("a", null)));

        await().until(() -> store.audit.contains("cmd_1"));
        assertThat(published).hasSize(1);
        assertThat(refusals).isEmpty();
    }

    @Test
    void shouldFindByTheTopicThatItWasPublishedThoughTheAnswerWasLost() throws Exception {
        brokerLosesAnswers = true;

        take(command("cmd_1", 0, key("a", null)));

        await().until(() -> store.audit.contains("cmd_1"));
        assertThat(published).hasSize(1);
    }

    @Test
    void shouldNoteWhatAnAccountingDidBeforeItDied() throws Exception {
        topic.put("key/a", key("a", null).by("cmd_1", 4));
        Command longAgo = command("cmd_1", 3, key("a", null));
        clock.addAndGet(3_600_000);

        take(longAgo);

        await().until(() -> store.audit.contains("cmd_1"));
        assertThat(published).isEmpty();
    }

    @Test
    void shouldDoWhatWaitedOnceItIsTheWriter() throws Exception {
        writer = false;
        take(command("cmd_1", 0, key("a", null)));
        assertThat(published).isEmpty();

        writer = true;

        await().until(() -> store.audit.contains("cmd_1"));
    }

    @Test
    void shouldMakeTheRowsAgainFromTheTopic() throws Exception {
        topic.put("key/a", key("a", null).by("cmd_1", 4));

        onContext(() -> {
            desk.caughtUp();
            return true;
        });

        await().until(() -> store.rows.equals(Map.of("key/a", 4L)));
    }

    @Test
    void shouldRefuseWhatThereIsNoRoomFor() throws Exception {
        onContext(() -> {
            desk.caughtUp();
            return true;
        });
        store.hangs = true;
        for (int i = 0; i <= CommandDesk.ROOM; i++) {
            take(command("cmd_" + i, 0, key("a" + i, null)));
        }

        take(command("cmd_more", 0, key("b", null)));

        await().until(() -> !refusals.isEmpty());
        assertThat(refusals).contains(new CommandRefusal("cmd_more", Reason.FULL, null));
    }

    @Test
    void shouldRefuseAThousandThatExpiredWhileNobodyWasTheWriter() throws Exception {
        writer = false;
        for (int i = 0; i < CommandDesk.ROOM; i++) {
            take(command("cmd_" + i, 0, key("a" + i, null)));
        }
        clock.addAndGet(3_000);

        writer = true;

        await().until(() -> refusals.size() == CommandDesk.ROOM);
        assertThat(published).isEmpty();
    }

    @Test
    void shouldRefuseNothingWhileAnotherIsTheWriter() throws Exception {
        onContext(() -> {
            desk.caughtUp();
            return true;
        });
        writer = false;
        Command late = command("cmd_late", 0, key("late", null));
        clock.addAndGet(3_000);
        take(late);
        for (int i = 0; i < CommandDesk.ROOM + 5; i++) {
            take(command("cmd_" + i, 0, key("a" + i, null)));
        }

        writer = true;

        await().until(() -> store.audit.contains("cmd_" + (CommandDesk.ROOM + 4)));
        assertThat(refusals).isEmpty();
    }

    @Test
    void shouldNotDoWhatTheWriterBeforeHasRefused() throws Exception {
        writer = false;
        take(command("c1", 0, key("k1", null)));
        take(command("c2", 0, key("k2", null)));
        onContext(() -> {
            desk.refusedElsewhere("c1");
            return true;
        });
        writer = true;

        await().until(() -> !published.isEmpty());

        assertThat(published).extracting(Control.Entity::command).containsExactly("c2");
    }

    private void caughtUp() throws Exception {
        onContext(() -> {
            desk.caughtUp();
            return true;
        });
    }

    /** Whoever asked has given up long ago. */
    @Test
    void shouldAnswerNobodyAMinuteLater() throws Exception {
        Command old = command("cmd_old", 0, key("a", null));
        clock.addAndGet(57_000);
        Command late = command("cmd_late", 0, key("b", null));
        clock.addAndGet(3_000);

        take(old);
        take(late);

        assertThat(refusals).containsExactly(new CommandRefusal("cmd_late", Reason.EXPIRED, null));
    }

    /** The writer before it may have refused what waits here a moment ago. */
    @Test
    void shouldHearOfWhatWasRefusedBeforeItDoesAnything() throws Exception {
        writer = false;
        take(command("c1", 0, key("k1", null)));
        take(command("c2", 0, key("k2", null)));

        onContext(() -> {
            writer = true;
            desk.caughtUp();
            desk.refusedElsewhere("c1");
            return true;
        });

        await().until(() -> store.audit.contains("c2"));
        assertThat(published).extracting(Control.Entity::command).containsExactly("c2");
    }

    @Test
    void shouldHearOfThatEachTimeItBecomesTheWriter() throws Exception {
        take(command("c0", 0, key("k0", null)));
        await().until(() -> store.audit.contains("c0"));
        writer = false;
        take(command("c1", 0, key("k1", null)));

        onContext(() -> {
            desk.caughtUp();
            writer = true;
            desk.caughtUp();
            desk.refusedElsewhere("c1");
            return true;
        });
        take(command("c2", 0, key("k2", null)));

        await().until(() -> store.audit.contains("c2"));
        assertThat(published).extracting(Control.Entity::command).containsExactly("c0", "c2");
    }

    @Test
    void shouldNoteWhatAWriterLeftThatDiedMeanwhile() throws Exception {
        writer = false;
        take(command("cmd_1", 0, key("a", null)));
        topic.put("key/a", key("a", null).by("cmd_1", 1));
        clock.addAndGet(30_000);
        caughtUp();

        writer = true;

        await().until(() -> store.audit.contains("cmd_1"));
    }

    @Test
    void shouldLetGoOfWhatNobodyWillAskForAnyMore() throws Exception {
        writer = false;
        take(command("cmd_1", 0, key("a", null)));
        clock.addAndGet(63_001);

        await().until(() -> meters.scrape().contains("laneway_commands_waiting 0.0"));
    }

    @Test
    void shouldPublishNothingThatExpiredWhileItWasKept() throws Exception {
        Command command = command("cmd_1", 0, key("a", null));
        clock.addAndGet(2_000);
        store.meanwhile = () -> clock.addAndGet(1_000);

        take(command);

        await().until(() -> refusals.equals(List.of(new CommandRefusal("cmd_1", Reason.EXPIRED, null))));
        assertThat(published).isEmpty();
    }

    /** It is given up by then, and another one may be tried. */
    @Test
    void shouldPublishNothingThatWasKeptTooSlowly() throws Exception {
        long now = clock.get();
        store.meanwhile = () -> clock.addAndGet(2_001);

        take(new Command("cmd_1", "master", Command.Action.UPDATE, now, now + 30_000, 0, key("a", null)));

        await().until(() -> refusals.equals(List.of(new CommandRefusal("cmd_1", Reason.DATABASE_AWAY, null))));
        assertThat(published).isEmpty();
    }

    @Test
    void shouldPublishNothingThatItSaidWasNotDone() throws Exception {
        store.hangs = true;
        take(command("cmd_1", 0, key("a", null)));
        await().until(() -> refusals.equals(List.of(new CommandRefusal("cmd_1", Reason.DATABASE_AWAY, null))));

        Future<Void> late = onContext(() -> store.hung.get());

        assertThat(late.failed()).isTrue();
        assertThat(published).isEmpty();
    }

    @Test
    void shouldPublishNothingOnceAnotherIsTheWriter() throws Exception {
        store.meanwhile = () -> writer = false;

        take(command("cmd_1", 0, key("a", null)));

        await().until(() -> !refusals.isEmpty());
        assertThat(published).isEmpty();
    }

    @Test
    void shouldRefuseNothingThatAnotherMayDo() throws Exception {
        store.isAnothers = true;

        take(command("cmd_1", 0, key("a", null)));

        await().until(() -> store.audit.contains("cmd_1"));
        assertThat(refusals).isEmpty();
    }

    /** The first one may come yet. */
    @Test
    void shouldGiveTheBrokerNoVersionTwice() throws Exception {
        brokerLosesRecord = true;

        take(command("cmd_1", 0, key("a", null)));

        await().until(() -> store.audit.contains("cmd_1"));
        assertThat(published).extracting(Control.Entity::version).containsExactly(1L, 2L);
    }

    @Test
    void shouldMakeNoRowsOfAPartOfTheTopic() throws Exception {
        topic.put("key/a", key("a", null).by("cmd_0", 4));
        take(command("cmd_1", 0, key("b", null)));
        await().until(() -> store.audit.contains("cmd_1"));

        take(command("cmd_2", 0, key("c", null)));

        await().until(() -> store.audit.contains("cmd_2"));
        assertThat(store.projections.get()).isZero();
    }

    /** Another one may have done something meanwhile, and died. */
    @Test
    void shouldMakeTheRowsAgainEachTimeItBecomesTheWriter() throws Exception {
        caughtUp();
        await().until(() -> store.projections.get() == 1);
        writer = false;
        caughtUp();
        topic.put("key/a", key("a", null).by("cmd_1", 4));

        writer = true;

        await().until(() -> store.rows.containsKey("key/a"));
    }

    @Test
    void shouldHaveMoreRoomForWhatWasThereAtTheStart() throws Exception {
        store.hangs = true;

        for (int i = 0; i <= CommandDesk.ROOM + 5; i++) {
            take(command("cmd_" + i, 0, key("a" + i, null)));
        }

        assertThat(refusals).isEmpty();
    }

    /** As of a topic that was lost. */
    @Test
    void shouldDoNothingThatWasWorkedOutFromALaterVersion() throws Exception {
        take(command("cmd_1", 5, key("a", null)));

        await().until(() -> refusals.contains(new CommandRefusal("cmd_1", Reason.CONFLICT, null)));
        assertThat(published).isEmpty();
    }

    @Test
    void shouldNoteWhatIsInForceOnceTheDatabaseIsBack() throws Exception {
        topic.put("key/a", key("a", null).by("cmd_1", 4));
        store.away = true;
        take(command("cmd_1", 3, key("a", null)));
        await().until(() -> store.notes.get() == 1);

        store.away = false;

        await().until(() -> store.audit.contains("cmd_1"));
        assertThat(refusals).isEmpty();
    }

    @Test
    void shouldNoteWhatIsInForceBeforeItDoesAnythingElse() throws Exception {
        store.losesCommits = true;
        onContext(() -> {
            desk.take(command("cmd_1", 0, key("a", null)));
            desk.take(command("cmd_2", 0, key("b", null)));
            return true;
        });

        await().until(() -> store.audit.contains("cmd_2"));

        assertThat(store.audit).containsExactly("cmd_1", "cmd_2");
    }

    @Test
    void shouldSayThatItExpiredRatherThanThatTheDatabaseIsAway() throws Exception {
        store.hangs = true;
        store.meanwhile = () -> clock.addAndGet(3_000);

        take(command("cmd_1", 0, key("a", null)));

        await().until(() -> refusals.equals(List.of(new CommandRefusal("cmd_1", Reason.EXPIRED, null))));
    }
}
