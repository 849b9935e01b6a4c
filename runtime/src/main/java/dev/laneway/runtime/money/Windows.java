package dev.laneway.runtime.money;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.Scope;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.recent.Recent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The windows that budgets are in, each remembered until a moment in another one is asked for: the calendar is consulted once a window and
 * budget, not once an attempt. One context.
 */
public final class Windows {
    private static final int MOST = 10_000;

    private final Recent<Whose, Window> latest = new Recent<>(MOST);

    private record Whose(Scope scope, String holder, Budget budget) {}

    /** As {@link Window#of(Collection, long)}. */
    public List<Window> of(Collection<Holder> holders, long epochMillis) {
        List<Window> windows = new ArrayList<>(2);
        for (Holder holder : holders) {
            for (Budget budget : holder.terms().budgets()) {
                windows.add(of(new Whose(holder.scope(), holder.id(), budget), epochMillis));
            }
        }
        return windows;
    }

    private Window of(Whose whose, long epochMillis) {
        Window known = latest.get(whose);
        if (known != null && known.start() <= epochMillis && epochMillis < known.end()) {
            return known;
        }
        Window window = Window.of(whose.scope(), whose.holder(), whose.budget(), epochMillis);
        latest.put(whose, window);
        return window;
    }
}
