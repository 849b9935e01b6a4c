package dev.laneway.accounting.budgets;

import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.money.Booking;
import dev.laneway.runtime.money.BudgetStore;
import dev.laneway.runtime.money.Window;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books what is new in the ledger, in every budget that it counts in. What could not be booked, because Redis was away, the keeper finds later:
 * until then its reservation stands. One context.
 */
public final class BudgetBooks {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetBooks.class);
    private static final int BATCH = 500;

    private final Directory directory;
    private final BudgetStore store;

    public BudgetBooks(Directory directory, BudgetStore store) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.store = Objects.requireNonNull(store, "store");
    }

    /** Does not fail. */
    public Future<Void> book(List<Spent> rows) {
        List<Booking> bookings = new ArrayList<>();
        for (Spent row : rows) {
            List<Window> windows = windows(row);
            if (!windows.isEmpty()) {
                bookings.add(new Booking(row.attempt(), row.cost().nanosUp(), windows));
            }
        }
        return bookings.isEmpty() ? Future.succeededFuture() : book(bookings, 0);
    }

    private Future<Void> book(List<Booking> bookings, int from) {
        if (from >= bookings.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(bookings.size(), from + BATCH);
        return store.book(bookings.subList(from, to))
                .compose(booked -> book(bookings, to))
                .otherwise(away -> {
                    LOG.warn("{} rows are not booked yet in budgets: {}", bookings.size() - from, String.valueOf(away));
                    return null;
                });
    }

    private List<Window> windows(Spent row) {
        List<Holder> holders = new ArrayList<>(directory.payers(row.owner(), row.payer()));
        holders.addAll(directory.targets(row.group(), row.provider(), row.deployment()));
        return Window.of(holders, row.acceptedAt());
    }
}
