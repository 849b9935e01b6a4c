package dev.laneway.e2e.money;

import dev.laneway.accounting.budgets.Spent;
import dev.laneway.contracts.Money;
import dev.laneway.runtime.money.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the ledger makes of facts: one row for an attempt and kind, of which the actual counts where it is there. */
final class ModelLedger {
    private final Map<String, Map<String, World.Row>> rows = new HashMap<>();

    /** @return what is new in it */
    List<Spent> write(List<World.Row> batch) {
        List<Spent> spent = new ArrayList<>();
        for (World.Row row : batch) {
            Map<String, World.Row> kinds = rows.computeIfAbsent(row.attempt().id(), id -> new HashMap<>());
            if (kinds.putIfAbsent(row.kind(), row) != null
                    || (row.kind().equals("estimate") && kinds.containsKey("actual"))) {
                continue;
            }
            World.Row estimate = kinds.get("estimate");
            boolean corrects = row.kind().equals("actual") && estimate != null;
            spent.add(spent(row, corrects ? row.cost() - estimate.cost() : row.cost(), corrects));
        }
        return spent;
    }

    private static Spent spent(World.Row row, long nanos, boolean corrects) {
        return new Spent(
                row.attempt().id(),
                Money.ofNanos(nanos),
                row.attempt().request().owner(),
                row.attempt().request().payer(),
                World.deployment(row.attempt()).group(),
                World.deployment(row.attempt()).provider(),
                row.attempt().deployment(),
                row.attempt().request().acceptedAt(),
                row.attempt().hold() == null ? List.of() : row.attempt().hold().windows(),
                corrects);
    }

    Set<String> known(Collection<String> attempts) {
        return attempts.stream().filter(rows::containsKey).collect(Collectors.toSet());
    }

    long in(Window window) {
        return rows.values().stream()
                .map(kinds -> kinds.getOrDefault("actual", kinds.get("estimate")))
                .filter(row -> row != null && World.counts(row.attempt(), window))
                .mapToLong(World.Row::cost)
                .sum();
    }
}
