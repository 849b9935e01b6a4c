package dev.laneway.runtime.config.terms;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Money;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads budgets: one by the keys of a block ({@code max_budget}, {@code budget_duration} and their relatives), several as a list of ours
 * ({@code budgets: [{name, limit, period, time_zone, thresholds}]}).
 */
final class BudgetReader {
    /** The keys that say how much. */
    static final List<String> AMOUNTS = List.of("budget", "max_budget", "budget_limit");
    /** The keys that say how often it begins anew. */
    static final List<String> PERIODS = List.of("budget_reset_frequency", "budget_duration", "time_period");

    private static final int MOST_DOLLARS = 9_000_000;
    private static final Set<String> NEVER = Set.of("never", "none", "lifetime");

    private final Reading reading;
    private final KnownKeys known;

    BudgetReader(Reading reading) {
        this.reading = reading;
        this.known = new KnownKeys(reading);
    }

    /** Takes one budget by the keys of a block, of those that it may have, and the list {@code budgets}. */
    void read(Block block, TermsDraft draft) {
        one(block, draft);
        list(block, draft);
    }

    /** Takes the one by the keys of a block alone; 0 is none, as LiteLLM has it where it speaks of everything. */
    void unlessZero(Block block, TermsDraft draft) {
        List<String> zeros = AMOUNTS.stream().filter(key -> isZero(block, key)).toList();
        if (zeros.isEmpty()) {
            one(block, draft);
            return;
        }
        PERIODS.forEach(block::take);
        for (String key : zeros) {
            block.take(key);
            reading.problems().holds(block.place(key), "0 is no budget");
        }
    }

    /** Takes the one by the keys of a block alone. */
    void one(Block block, TermsDraft draft) {
        BudgetPeriod period = null;
        String periodKey = null;
        for (String key : PERIODS) {
            Text text = block.text(key);
            if (text != null && periodKey != null) {
                twice(block, key);
            } else if (text != null) {
                periodKey = key;
                period = period(text);
            }
        }
        String amountKey = null;
        for (String key : AMOUNTS) {
            Value value = block.entries().get(key);
            if (value == null || value.isNull()) {
                block.take(key);
            } else if (amountKey != null) {
                block.take(key);
                twice(block, key);
            } else {
                amountKey = key;
                amount(block, key, value, period, draft);
            }
        }
        if (amountKey == null && periodKey != null) {
            reading.problems()
                    .unsupported(block.place(periodKey), "there is no budget that it resets", "say the budget");
        }
    }

    private static boolean isZero(Block block, String key) {
        BigDecimal stated = block.glimpse(key);
        return stated != null && stated.signum() == 0;
    }

    private void amount(Block block, String key, Value value, @Nullable BudgetPeriod period, TermsDraft draft) {
        if (value.isMapping()) {
            Block inner = block.block(key);
            if (inner != null) {
                whole(inner, draft);
            }
            return;
        }
        BigDecimal dollars = block.number(key, 0, MOST_DOLLARS);
        if (dollars != null) {
            add(block, key, Budget.of(Money.nearest(dollars), period == null ? BudgetPeriod.TOTAL : period), draft);
        }
    }

    private void list(Block block, TermsDraft draft) {
        for (Value item : block.items("budgets")) {
            Block inner = item.block(reading);
            if (inner != null) {
                whole(inner, draft);
            }
        }
    }

    /** A budget with everything that can be said of one. */
    private void whole(Block block, TermsDraft draft) {
        Text name = block.text("name");
        BigDecimal dollars = null;
        for (String key : List.of("limit", "max_budget", "budget_limit")) {
            BigDecimal stated = block.number(key, 0, MOST_DOLLARS);
            dollars = dollars == null ? stated : dollars;
        }
        BudgetPeriod period = BudgetPeriod.TOTAL;
        for (String key : List.of("period", "budget_duration", "time_period", "budget_reset_frequency")) {
            Text text = block.text(key);
            period = text == null ? period : period(text);
        }
        Text zone = block.text("time_zone");
        String timeZone = zone == null ? null : zone(zone);
        List<Integer> thresholds = thresholds(block);
        known.leftInLiteLlms(block, "budget");
        if (dollars == null) {
            if (!block.has("limit")) {
                reading.problems().error(block.place(), "says no limit", "write limit: DOLLARS");
            }
        } else if (name != null && !name.value().matches("[A-Za-z0-9_-]{1,64}")) {
            reading.problems().error(name.place(), "is no name", "write 1 to 64 letters, digits, - and _");
        } else {
            Budget budget = new Budget(
                    name == null ? Budget.UNNAMED : name.value(), Money.nearest(dollars), period, timeZone, thresholds);
            add(block, "name", budget, draft);
        }
    }

    private void add(Block block, String key, Budget budget, TermsDraft draft) {
        if (!draft.add(budget)) {
            reading.problems()
                    .error(block.place(key), "is another budget of that name", "give each budget a name of its own");
        }
    }

    private List<Integer> thresholds(Block block) {
        List<Integer> percents = new ArrayList<>();
        for (Text text : block.texts("thresholds")) {
            if (text.value().matches("[1-9][0-9]?|100")) {
                percents.add(Integer.valueOf(text.value()));
            } else {
                reading.problems().error(text.place(), "is no percent", "write whole numbers from 1 to 100");
            }
        }
        return percents.stream().distinct().sorted().toList();
    }

    private @Nullable String zone(Text zone) {
        try {
            return ZoneId.of(zone.value()).getId();
        } catch (DateTimeException none) {
            reading.problems().error(zone.place(), "is no time zone", "write one such as Europe/Berlin");
            return null;
        }
    }

    private BudgetPeriod period(Text text) {
        String stated = text.value().strip().toLowerCase(Locale.ROOT);
        try {
            return NEVER.contains(stated) ? BudgetPeriod.TOTAL : BudgetPeriod.of(stated);
        } catch (IllegalArgumentException none) {
            reading.problems()
                    .error(
                            text.place(),
                            "is no period",
                            "write daily, weekly, monthly, a number with s, m, h, d, w, mo or y, or total");
            return BudgetPeriod.TOTAL;
        }
    }

    private void twice(Block block, String key) {
        reading.problems().error(block.place(key), "says again what another key said", "say it once");
    }
}
