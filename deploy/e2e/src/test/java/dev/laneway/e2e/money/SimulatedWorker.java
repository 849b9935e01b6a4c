package dev.laneway.e2e.money;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Money;
import dev.laneway.provider.claims.Claim;
import dev.laneway.provider.claims.Doubt;
import dev.laneway.provider.claims.InProcessClaims;
import dev.laneway.provider.claims.Remains;
import dev.laneway.provider.claims.SharedClaims;
import dev.laneway.provider.claims.UnpaidException;
import dev.laneway.runtime.kafka.InheritedMarks;
import dev.laneway.runtime.kafka.PartitionProgress;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker: claims, marks and money are as they are; its source and its vendor are models. */
final class SimulatedWorker extends SimulatedProcess {
    private static final long COMMIT_MILLIS = 100;

    private final SharedClaims claims;
    private @Nullable PartitionProgress progress;
    private List<Asking> asking = new ArrayList<>();
    private long position;
    private int generation;
    private boolean committing;

    private record Asking(long offset, Promise<Void> right) {}

    SimulatedWorker(World world, String name) {
        super(world, name);
        claims = new SharedClaims(
                vertx,
                new InProcessClaims(10_000),
                redis,
                taken -> right(taken.offset()),
                (taken, since) -> remote(30, () -> world.remains(taken.event())),
                world::now);
    }

    @Override
    void start() {
        super.start();
        tick();
    }

    @Override
    void epochChanged() {
        if (claims != null) {
            claims.epochChanged();
        }
    }

    /** The partition is its own from now on. */
    void assigned(int number, InheritedMarks.Inherited inherited) {
        generation = number;
        position = inherited.position();
        committing = false;
        progress = PartitionProgress.marked(inherited, epoch());
    }

    void revoked() {
        progress = null;
        List<Asking> asked = asking;
        asking = new ArrayList<>();
        asked.forEach(one -> one.right.fail("moved"));
    }

    private long nanos() {
        return world.now() * 1_000_000;
    }

    private void tick() {
        commit();
        handOut();
        after(COMMIT_MILLIS, this::tick);
    }

    private Future<Void> right(long offset) {
        PartitionProgress mine = progress;
        if (mine == null) {
            return Future.failedFuture("moved");
        }
        if (mine.holds(offset, epoch(), nanos())) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        asking.add(new Asking(offset, promise));
        return promise.future();
    }

    private void commit() {
        PartitionProgress mine = progress;
        if (mine == null || committing) {
            return;
        }
        long wanted = position < world.attempts.size() ? world.attempts.size() : 0;
        PartitionProgress.Due due = mine.due(epoch(), claims.told(), wanted, nanos());
        if (due == null) {
            return;
        }
        committing = true;
        int number = generation;
        remote(10, () -> world.commit(this, number, due)).onSuccess(accepted -> {
            committing = number != generation && committing;
            if (mine != progress) {
                return;
            }
            if (accepted) {
                mine.accepted(due);
                answer(mine);
                handOut();
            } else {
                revoked();
            }
        });
    }

    private void answer(PartitionProgress mine) {
        List<Asking> asked = asking;
        asking = new ArrayList<>();
        for (Asking one : asked) {
            if (mine.holds(one.offset, epoch(), nanos())) {
                one.right.complete();
            } else {
                asking.add(one);
            }
        }
    }

    private void handOut() {
        PartitionProgress mine = progress;
        while (mine != null
                && mine == progress
                && position < world.attempts.size()
                && mine.holds(position, epoch(), nanos())) {
            mine.taken(position);
            Attempt attempt = world.attempts.get((int) position);
            Taken<Attempt> taken = new Taken<>(
                    attempt, World.TOPIC, 0, position, world.now(), mine.doubt(position), mine.mixed(), new byte[0]);
            position++;
            run(mine, taken);
        }
    }

    private void run(PartitionProgress mine, Taken<Attempt> taken) {
        handle(taken).onComplete((done, cause) -> {
            if (mine != progress) {
                return;
            }
            if (cause == null) {
                mine.finish(taken.offset());
            } else {
                after(100, () -> {
                    if (mine == progress) {
                        run(mine, taken);
                    }
                });
            }
        });
    }

    private Future<Void> handle(Taken<Attempt> taken) {
        boolean returned = world.chance(30);
        if (returned && Doubt.of(taken).isEmpty()) {
            return giveBack(taken).onSuccess(v -> claims.settled(taken));
        }
        return claims.claim(taken).compose(claim -> switch (claim) {
            case Claim.Held held -> held.settled();
            case Claim.Orphaned orphan -> {
                boolean told = orphan.remains() instanceof Remains.Failed;
                yield (told ? uncalled(taken) : unknown(taken)).onSuccess(v -> claims.settled(taken));
            }
            case Claim.Granted granted ->
                returned
                        ? giveBack(taken).onSuccess(v -> claims.settled(taken))
                        : pause(world.delay(world.slow() ? 3_000 : 300)).compose(v -> send(taken));
        });
    }

    private Future<Void> pause(long millis) {
        Promise<Void> over = Promise.promise();
        after(millis, over::complete);
        return over.future();
    }

    /** Back to the router, uncalled. */
    private Future<Void> giveBack(Taken<Attempt> taken) {
        return claims.mayTell(taken).onFailure(theirs -> claims.release(taken)).compose(ours -> {
            claims.unspent(taken);
            return remote(10, () -> world.failed(taken.event(), Doubt.of(taken).orElse(null), false))
                    .mapEmpty();
        });
    }

    private Future<Void> send(Taken<Attempt> taken) {
        if (world.now() >= taken.event().request().deadline()) {
            return giveBack(taken).onSuccess(v -> claims.settled(taken));
        }
        perhapsLoseAnswer();
        Future<Void> asked = claims.markSent(taken);
        if (world.isStormy() && world.chance(12)) {
            return left(taken, asked);
        }
        return asked.compose(granted -> sent(taken), refused -> {
            if (refused instanceof UnpaidException) {
                return giveBack(taken).compose(told -> uncalled(taken)).onSuccess(v -> claims.settled(taken));
            }
            claims.release(taken);
            return Future.failedFuture(refused);
        });
    }

    /** Its client leaves while the grant is on its way. */
    private Future<Void> left(Taken<Attempt> taken, Future<Void> asked) {
        asked.onSuccess(granted -> {
            claims.withdraw(taken);
            claims.unspent(taken);
        });
        return giveBack(taken).compose(told -> uncalled(taken)).onSuccess(v -> claims.settled(taken));
    }

    private Future<Void> sent(Taken<Attempt> taken) {
        if (world.now() >= taken.event().request().deadline() || world.chance(20)) {
            claims.withdraw(taken);
            return giveBack(taken).compose(told -> uncalled(taken)).onSuccess(v -> claims.settled(taken));
        }
        World.Call call = world.called(taken.event());
        return pause(world.delay(call.millis()))
                .compose(v -> standing(taken))
                .compose(ours -> ended(taken, call, ours));
    }

    private Future<Boolean> standing(Taken<Attempt> taken) {
        return claims.sure() ? Future.succeededFuture(true) : claims.stillOurs(taken);
    }

    private Future<Void> ended(Taken<Attempt> taken, World.Call call, boolean ours) {
        boolean failed = world.chance(6);
        boolean estimated = world.chance(8);
        Future<?> told = failed && ours
                ? remote(10, () -> world.failed(taken.event(), Doubt.of(taken).orElse(null), true))
                : Future.succeededFuture();
        long cost = failed && !estimated ? 0 : call.cost();
        return told.compose(v -> fact(taken.event(), estimated ? "estimate" : "actual", cost))
                .onSuccess(v -> {
                    claims.paid(taken, Money.ofNanos(cost));
                    claims.settled(taken);
                });
    }

    /** Its money may be marked sent all the same. */
    private Future<Void> uncalled(Taken<Attempt> taken) {
        return fact(taken.event(), "uncalled", 0).onSuccess(v -> claims.paid(taken, Money.ZERO));
    }

    private Future<Void> unknown(Taken<Attempt> taken) {
        world.unknown++;
        long cost = world.most(taken.event());
        return remote(10, () -> world.failed(taken.event(), Doubt.of(taken).orElse(null), true))
                .compose(v -> fact(taken.event(), "estimate", cost))
                .onSuccess(v -> claims.paid(taken, Money.ofNanos(cost)));
    }

    /** Its acknowledgement may be a while on its way, or come after the process's end. */
    private Future<Void> fact(Attempt attempt, String kind, long cost) {
        return remote(world.slow() ? 1_000 : 10, () -> world.fact(attempt, kind, cost))
                .mapEmpty();
    }
}
