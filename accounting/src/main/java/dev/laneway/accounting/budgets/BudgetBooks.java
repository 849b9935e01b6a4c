package dev.laneway.accounting.budgets;

import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.money.Booking;
import dev.laneway.runtime.money.BudgetStore;
import dev.laneway.runtime.money.Window;
import dev.laneway.runtime.money.Windows;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Windows windows = new Windows();

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
                bookings.add(new Booking(row.attempt(), row.cost().nanosUp(), windows, row.corrects()));
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

    /** Those that are known here, and those that its router knew of: either may hear later than the other that there is a budget. */
    private List<Window> windows(Spent row) {
        List<Holder> holders = new ArrayList<>(directory.payers(row.owner(), row.payer()));
        holders.addAll(directory.targets(row.group(), row.provider(), row.deployment()));
        List<Window> known = windows.of(holders, row.acceptedAt());
        if (row.windows().isEmpty()) {
            return known;
        }
        Map<String, Window> all = new LinkedHashMap<>();
        known.forEach(window -> all.put(window.nameText(), window));
        for (String text : row.windows()) {
            if (!all.containsKey(Window.nameOf(text))) {
                Window.parse(text).ifPresent(window -> all.put(window.nameText(), window));
            }
        }
        return List.copyOf(all.values());
    }
}
