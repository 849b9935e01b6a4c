package dev.laneway.runtime.money;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Scope;
import dev.laneway.runtime.config.Holder;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A window of a budget, as reservations and facts name it. Immutable. */
public final class Window {
    private static final Pattern FORM =
            Pattern.compile("([a-z]+)/([^/@\\s]*)/([A-Za-z0-9_-]+)@(\\d{1,19})-(\\d{1,19})/(\\d{1,19})");

    private final Scope scope;
    private final String holder;
    private final String budget;
    private final long start;
    private final long end;
    private final long limit;
    private final String nameText;
    private final String text;

    /**
     * @param scope of the budget's holder
     * @param holder its id
     * @param budget the budget's name
     * @param start epoch milliseconds, within
     * @param end epoch milliseconds, outside; {@link Long#MAX_VALUE} where it never ends
     * @param limit billionths of a dollar
     */
    public Window(Scope scope, String holder, String budget, long start, long end, long limit) {
        this.scope = Objects.requireNonNull(scope, "scope");
        this.holder = Objects.requireNonNull(holder, "holder");
        this.budget = Objects.requireNonNull(budget, "budget");
        this.start = start;
        this.end = end;
        this.limit = limit;
        nameText = budgetText() + "@" + start + "-" + end;
        text = nameText + "/" + limit;
    }

    /** The one in which a budget is at a moment. */
    public static Window of(Scope scope, String holder, Budget budget, long epochMillis) {
        BudgetPeriod.Window at = budget.window(epochMillis);
        return new Window(
                scope,
                holder,
                budget.name(),
                at.start(),
                at.end(),
                budget.limit().nanosUp());
    }

    /** Those in which all budgets of some holders are at a moment. */
    public static List<Window> of(Collection<Holder> holders, long epochMillis) {
        List<Window> windows = new ArrayList<>(2);
        for (Holder holder : holders) {
            for (Budget budget : holder.terms().budgets()) {
                windows.add(of(holder.scope(), holder.id(), budget, epochMillis));
            }
        }
        return windows;
    }

    /** Reads {@link #text()}; empty where it is something else. */
    public static Optional<Window> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (Scope scope : Scope.values()) {
            if (scope.id().equals(matcher.group(1))) {
                return Optional.of(new Window(
                        scope,
                        URLDecoder.decode(matcher.group(2), StandardCharsets.UTF_8),
                        matcher.group(3),
                        Long.parseLong(matcher.group(4)),
                        Long.parseLong(matcher.group(5)),
                        Long.parseLong(matcher.group(6))));
            }
        }
        return Optional.empty();
    }

    /** {@code scope/holder/budget}, the holder percent-encoded: names the budget in Redis. */
    public String budgetText() {
        return scope.id() + "/" + URLEncoder.encode(holder, StandardCharsets.UTF_8) + "/" + budget;
    }

    /** {@code scope/holder/budget@start-end}: names the window in Redis. */
    public String nameText() {
        return nameText;
    }

    /** The {@link #nameText} in a {@link #text}. */
    public static String nameOf(String text) {
        return text.substring(0, Math.max(0, text.lastIndexOf('/')));
    }

    /** {@code scope/holder/budget@start-end/limit}: without a blank. */
    public String text() {
        return text;
    }

    public Scope scope() {
        return scope;
    }

    public String holder() {
        return holder;
    }

    public String budget() {
        return budget;
    }

    /** Epoch milliseconds, within. */
    public long start() {
        return start;
    }

    /** Epoch milliseconds, outside; {@link Long#MAX_VALUE} where it never ends. */
    public long end() {
        return end;
    }

    /** Billionths of a dollar. */
    public long limit() {
        return limit;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Window window && window.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
