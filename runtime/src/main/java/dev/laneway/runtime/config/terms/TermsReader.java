package dev.laneway.runtime.config.terms;

import dev.laneway.contracts.Money;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.WhenAway;
import dev.laneway.runtime.config.Network;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import dev.laneway.runtime.config.terms.TermsDraft.Count;
import dev.laneway.runtime.config.terms.TermsDraft.Names;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads terms in all their spellings. What is wrong is a problem with its line, and unlimited for then. */
public final class TermsReader {
    private static final int MOST_DOLLARS = 9_000_000;
    private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,8})(?:\\s*(?:/|per)\\s*(m|min|minute|h|hour))?");

    private final Reading reading;
    private final KnownKeys known;
    private final BudgetReader budgets;
    private final List<Text> lanes = new ArrayList<>();

    public TermsReader(Reading reading) {
        this.reading = reading;
        this.known = new KnownKeys(reading);
        this.budgets = new BudgetReader(reading);
    }

    /** Takes everything that a holder of its own may have, but for the models. */
    public Terms read(Block block, @Nullable List<String> models) {
        TermsDraft draft = new TermsDraft();
        read(block, draft);
        return draft.terms(models);
    }

    /** Takes the budget of a block, and nothing else. */
    public Terms budget(Block block) {
        TermsDraft draft = new TermsDraft();
        budgets.one(block, draft);
        return draft.terms(null);
    }

    /** Every lane that terms name, to be looked up among those that are there. */
    public List<Text> lanes() {
        return List.copyOf(lanes);
    }

    void read(Block block, TermsDraft draft) {
        counts(block, draft);
        rates(block, draft, null);
        budgets.read(block, draft);
        maxCost(block, draft);
        for (Names names : Names.values()) {
            names(block, draft, names);
        }
        away(block, draft);
    }

    BudgetReader budgets() {
        return budgets;
    }

    private void counts(Block block, TermsDraft draft) {
        for (Count count : Count.values()) {
            count.keys().forEach(key -> count(block, key, count, draft));
        }
    }

    void count(Block block, String key, Count count, TermsDraft draft) {
        Integer most = block.whole(key, 1, Integer.MAX_VALUE);
        if (most != null && !draft.set(count, most)) {
            twice(block, key);
        }
    }

    /**
     * Takes {@code rate_limit} and {@code rate_limits}: a number of requests a minute, {@code 100/hour}, or a mapping.
     *
     * @param each whose {@code per_key} is; null where there can be none
     */
    void rates(Block block, TermsDraft draft, @Nullable TermsDraft each) {
        rate(block, "rate_limit", draft, each);
        rate(block, "rate_limits", draft, each);
    }

    private void rate(Block block, String key, TermsDraft draft, @Nullable TermsDraft each) {
        Value value = block.entries().get(key);
        if (value == null || !value.isMapping()) {
            simple(block, key, draft);
            return;
        }
        Block inner = block.block(key);
        if (inner == null) {
            return;
        }
        Boolean enabled = inner.flag("enabled");
        TermsDraft own = enabled == null || enabled ? draft : new TermsDraft();
        counts(inner, own);
        if (each != null) {
            TermsDraft others = enabled == null || enabled ? each : new TermsDraft();
            Value perKey = inner.entries().get("per_key");
            Block limits = perKey != null && perKey.isMapping() ? inner.block("per_key") : null;
            if (limits == null) {
                simple(inner, "per_key", others);
            } else {
                counts(limits, others);
                known.leftInLiteLlms(limits, "rate_limit");
            }
        }
        known.leftInLiteLlms(inner, "rate_limit");
    }

    private void simple(Block block, String key, TermsDraft draft) {
        Text text = block.text(key);
        if (text == null) {
            return;
        }
        Matcher rate = RATE.matcher(text.value().strip());
        if (!rate.matches()) {
            reading.problems().error(text.place(), "is no rate", "write such as 60, 60/minute or 1000/hour");
            return;
        }
        boolean hourly = rate.group(2) != null && rate.group(2).startsWith("h");
        Count count = hourly ? Count.REQUESTS_PER_HOUR : Count.REQUESTS_PER_MINUTE;
        if (!draft.set(count, Long.parseLong(rate.group(1)))) {
            twice(block, key);
        }
    }

    void maxCost(Block block, TermsDraft draft) {
        BigDecimal dollars = block.number("max_cost_per_request", 0, MOST_DOLLARS);
        if (dollars != null && !draft.set(Money.nearest(dollars))) {
            twice(block, "max_cost_per_request");
        }
    }

    /** No list, and an empty one of anything but tools, allows everything, as LiteLLM has it. */
    void names(Block block, TermsDraft draft, Names names) {
        for (String key : names.keys()) {
            Value value = block.entries().get(key);
            if (value == null || value.isNull()) {
                block.take(key);
                continue;
            }
            List<Text> texts = block.texts(key);
            texts.forEach(text -> check(names, text));
            boolean says = !texts.isEmpty() || names == Names.TOOLS;
            List<String> plain =
                    texts.stream().map(text -> text.value().strip()).distinct().toList();
            if (says && value.isList() && !draft.set(names, plain)) {
                twice(block, key);
            }
        }
    }

    private void check(Names names, Text text) {
        if (text.value().isBlank()) {
            reading.problems().error(text.place(), "is no name", "write one, or remove it");
        } else if (names == Names.NETWORKS && Network.of(text.value()) == null) {
            reading.problems().error(text.place(), "is no network", "write an address, or a block such as 10.0.0.0/8");
        } else if (names == Names.LANES) {
            lanes.add(text);
        }
    }

    private void away(Block block, TermsDraft draft) {
        Text text = block.text("when_away");
        if (text == null) {
            return;
        }
        WhenAway then = switch (text.value()) {
            case "open" -> WhenAway.OPEN;
            case "closed" -> WhenAway.CLOSED;
            default -> null;
        };
        if (then == null) {
            reading.problems().error(text.place(), "is neither open nor closed", "write open or closed");
        } else {
            draft.set(then);
        }
    }

    private void twice(Block block, String key) {
        reading.problems().error(block.place(key), "says again what was said elsewhere", "say it once");
    }
}
