package dev.laneway.runtime.config.lanes;

import dev.laneway.runtime.config.DeploymentGroup;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.ProblemList;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.settings.Fallback;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every group that a route could ever reach, and the shortest way there: by its chain, by aliases, and by every fallback of either
 * settings block, of whatever kind and however many one after another.
 */
final class Ways {
    /** Of a longer way only the ends are told. */
    private static final int LONGEST_TOLD = 8;

    private final Names names;
    private final Arrows arrows;

    Ways(Names names, Arrows arrows) {
        this.names = names;
        this.arrows = arrows;
    }

    /** A group that is reached, and the last step there. */
    record Way(RouteDraft draft, DeploymentGroup group, Step last) {
        Way {
            Objects.requireNonNull(group, "group");
        }

        /** Where the last step stands in the file. */
        Place place() {
            return last.at();
        }

        /** The way for people: {@code route a -> b (chain, line 9) -> c (router_settings.fallbacks, line 12)}. */
        String told(ProblemList problems) {
            Deque<String> steps = new ArrayDeque<>();
            for (Step step = last; step != null; step = step.before()) {
                if (!step.isRouteItself(draft)) {
                    steps.addFirst(step.told(problems));
                }
            }
            List<String> all = new ArrayList<>(steps);
            if (all.size() > LONGEST_TOLD) {
                all.subList(2, all.size() - 3).clear();
                all.add(2, "...");
            }
            all.addFirst(draft.implied() ? draft.name() : "route " + draft.name());
            return String.join(" -> ", all);
        }
    }

    /**
     * One step.
     *
     * @param by the key that leads there
     * @param aliases what the name stands for, alias after alias
     */
    record Step(
            String name,
            String by,
            Place at,
            List<String> aliases,
            @Nullable Step before) {
        /** A model that is a route by its own name begins at itself. */
        private boolean isRouteItself(RouteDraft draft) {
            return before == null && draft.implied() && name.equals(draft.name()) && aliases.isEmpty();
        }

        private String told(ProblemList problems) {
            String head = name + " (" + by + ", " + problems.line(at) + ")";
            return aliases.isEmpty() ? head : head + " -> " + String.join(" -> ", aliases) + " (alias)";
        }
    }

    /** Shortest ways first. */
    List<Way> of(RouteDraft draft) {
        List<Way> ways = new ArrayList<>();
        Queue<Step> open = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        for (Text name : draft.chain()) {
            open.add(step(name.value(), "chain", draft.implied() ? draft.place() : name.place(), null));
        }
        Step first = draft.fallbackAllowed() ? open.peek() : null;
        if (first != null) {
            leave(arrows.from(Set.of(draft.name())), first, open, seen);
            leave(arrows.fromAnywhere(), first, open, seen);
        }
        while (!open.isEmpty()) {
            Step step = open.remove();
            if (!seen.add(step.name())) {
                continue;
            }
            DeploymentGroup group = names.find(step.name());
            if (group != null) {
                ways.add(new Way(draft, group, step));
            }
            if (draft.fallbackAllowed()) {
                leave(arrows.from(names.beginnings(step.name())), step, open, seen);
            }
        }
        return ways;
    }

    private void leave(List<Fallback> by, Step from, Queue<Step> open, Set<String> seen) {
        for (Fallback arrow : by) {
            if (!seen.contains(arrow.to())) {
                open.add(step(arrow.to(), arrow.at().path(), arrow.at(), from));
            }
        }
    }

    private Step step(String name, String by, Place at, @Nullable Step before) {
        List<String> steps = names.steps(name);
        return new Step(name, by, at, steps.subList(1, steps.size()), before);
    }
}
