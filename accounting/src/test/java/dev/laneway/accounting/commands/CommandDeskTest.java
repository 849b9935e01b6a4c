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
    private CommandDesk desk;

    /** Keeps in memory, or not. */
    private static final class Store implements EntityStore {
        private final List<String> audit = new CopyOnWriteArrayList<>();
        private final Map<String, Long> rows = new ConcurrentHashMap<>();
        private volatile boolean away;
        private volatile boolean losesCommits;
        private volatile boolean hangs;

        @Override
        public Future<Void> keep(
                Command command,
                Control.@Nullable Entity before,
                Control.Entity after,
                Supplier<Future<Void>> publish) {
            if (away) {
                return Future.failedFuture("away");
            }
            if (hangs) {
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
}
