package dev.laneway.runtime.config.lanes;

import dev.laneway.runtime.config.DeploymentGroup;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.settings.Fallback;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;

/**
 * Every group that a route could ever reach, and the shortest way there: by its chain, by aliases, and by every fallback of either
 * settings block, of whatever kind and however many one after another.
 */
final class Ways {
    private final Names names;
    private final Arrows arrows;

    Ways(Names names, Arrows arrows) {
        this.names = names;
        this.arrows = arrows;
    }

    /**
     * A group that is reached.
     *
     * @param path what leads there, for people
     * @param last where the last step stands in the file
     */
    record Way(DeploymentGroup group, String path, Place last) {
        Way {
            Objects.requireNonNull(group, "group");
        }
    }

    /** Shortest ways first. */
    List<Way> of(RouteDraft draft) {
        List<Way> ways = new ArrayList<>();
        Queue<Step> open = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        String start = draft.implied() ? draft.name() : "route " + draft.name();
        for (Text name : draft.chain()) {
            open.add(new Step(name.value(), start, "chain", draft.implied() ? draft.place() : name.place()));
        }
        if (draft.fallbackAllowed()) {
            leave(Set.of(draft.name()), start, open);
        }
        while (!open.isEmpty()) {
            Step step = open.remove();
            if (!seen.add(step.name())) {
                continue;
            }
            List<String> steps = names.steps(step.name());
            String path = path(step, steps, draft);
            DeploymentGroup group = names.find(step.name());
            if (group != null) {
                ways.add(new Way(group, path, step.at()));
            }
            if (draft.fallbackAllowed()) {
                leave(names.beginnings(step.name()), path, open);
            }
        }
        return ways;
    }

    private record Step(String name, String pathTo, String by, Place at) {}

    private void leave(Collection<String> from, String path, Queue<Step> open) {
        for (Fallback arrow : arrows.anyFrom(from)) {
            open.add(new Step(arrow.to(), path, arrow.at().path(), arrow.at()));
        }
    }

    private static String path(Step step, List<String> steps, RouteDraft draft) {
        boolean itself =
                draft.implied() && step.by().equals("chain") && step.name().equals(draft.name());
        String head = itself
                ? step.pathTo()
                : step.pathTo() + " -> " + step.name() + " (" + step.by() + ", line "
                        + step.at().line() + ")";
        return steps.size() == 1
                ? head
                : head + " -> " + String.join(" -> ", steps.subList(1, steps.size())) + " (alias)";
    }
}
