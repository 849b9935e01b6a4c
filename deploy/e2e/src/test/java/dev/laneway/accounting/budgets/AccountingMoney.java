package dev.laneway.accounting.budgets;

import dev.laneway.contracts.Money;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.kafka.InheritedMarks;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.money.BudgetStore;
import dev.laneway.runtime.money.Window;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Accounting's part in budgets as it is, for tests of all parts together: every topic has two partitions. */
public final class AccountingMoney {
    private final BudgetBooks books;
    private final BudgetKeeper keeper;

    /** As {@link Spending}. */
    public interface Sums {
        Future<Money> in(Window window);

        Future<Set<String>> known(Collection<String> attempts);
    }

    public AccountingMoney(
            Vertx vertx,
            Directory directory,
            BudgetStore store,
            Sums sums,
            InheritedMarks marks,
            GatewayConfig config,
            Supplier<String> epoch,
            BooleanSupplier writer,
            LongSupplier clock,
            Meters meters) {
        books = new BudgetBooks(directory, store);
        keeper = new BudgetKeeper(
                vertx,
                store,
                new Spending() {
                    @Override
                    public Future<Money> in(Window window) {
                        return sums.in(window);
                    }

                    @Override
                    public Future<Set<String>> known(Collection<String> attempts) {
                        return sums.known(attempts);
                    }
                },
                new Restoration(marks::of, AccountingMoney::two, () -> Optional.of(config)),
                () -> Window.of(directory.holders(), clock.getAsLong()),
                epoch,
                writer,
                clock,
                meters);
    }

    private static Future<Map<String, Integer>> two(Set<String> topics) {
        Map<String, Integer> counts = new HashMap<>();
        topics.forEach(topic -> counts.put(topic, 2));
        return Future.succeededFuture(counts);
    }

    public Future<Void> book(List<Spent> rows) {
        return books.book(rows);
    }

    public void forget(List<Window> windows) {
        keeper.forget(windows);
    }
}
