package dev.laneway.e2e.money;

import dev.laneway.accounting.budgets.AccountingMoney;
import dev.laneway.accounting.budgets.Spent;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Money;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.money.Window;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** An accounting: books and keeper are as they are; the database is a model of what the ledger makes of facts. */
final class SimulatedAccounting extends SimulatedProcess {
    final Directory directory = new Directory();
    private final AccountingMoney money;
    private final boolean[] busy = new boolean[World.USAGE_PARTITIONS];

    SimulatedAccounting(World world, String name) {
        super(world, name);
        money = new AccountingMoney(
                vertx,
                directory,
                redis,
                new AccountingMoney.Sums() {
                    @Override
                    public Future<Money> in(Window window) {
                        return remote(40, () -> Money.ofNanos(world.ledger().in(window)));
                    }

                    @Override
                    public Future<Set<String>> known(Collection<String> attempts) {
                        return remote(40, () -> world.ledger().known(attempts));
                    }
                },
                (group, partitions) -> remote(40, () -> world.inherited(group, partitions)),
                World.CONFIG,
                this::epoch,
                () -> world.writer == this,
                world::now,
                World.METERS);
        directory.onChange(entity -> {
            if (entity instanceof Control.Purse purse) {
                Holder holder = new Holder(purse.scope(), purse.id(), purse.terms());
                money.forget(Window.of(List.of(holder), world.now()));
            }
        });
    }

    @Override
    void start() {
        super.start();
        poll();
    }

    private void poll() {
        for (int partition = 0; partition < World.USAGE_PARTITIONS; partition++) {
            if (world.accountings[partition] == this && !busy[partition]) {
                read(partition);
            }
        }
        after(50 + world.delay(200), this::poll);
    }

    /** One batch: written, then booked, then committed; it may die between them. */
    private void read(int partition) {
        int from = world.usageCommitted[partition];
        List<World.Row> batch = new ArrayList<>(world.usage
                .get(partition)
                .subList(from, world.usage.get(partition).size()));
        if (batch.isEmpty()) {
            return;
        }
        busy[partition] = true;
        remote(30, () -> world.ledger().write(batch))
                .compose((List<Spent> spent) -> pause(world.slow() ? 600 : 20).compose(v -> money.book(spent)))
                .compose(booked -> remote(10, () -> world.committed(this, partition, from + batch.size())))
                .onComplete(done -> busy[partition] = false);
    }

    private Future<Void> pause(long most) {
        Promise<Void> over = Promise.promise();
        after(world.delay(most), over::complete);
        return over.future();
    }
}
