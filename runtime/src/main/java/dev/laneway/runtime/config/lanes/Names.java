package dev.laneway.runtime.config.lanes;

import dev.laneway.runtime.config.DeploymentGroup;
import dev.laneway.runtime.config.file.ProblemList;
import dev.laneway.runtime.config.file.Spelling;
import dev.laneway.runtime.config.models.ModelTable;
import dev.laneway.runtime.config.settings.Alias;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks up what a chain, a fallback or a client calls something: an alias goes before a group of the same name, as LiteLLM has it. */
final class Names {
    private static final int MOST_ALIASES = 5_000;
    private static final int MOST_STEPS = 16;

    private final ModelTable models;
    private final Map<String, Alias> aliases = new LinkedHashMap<>();

    Names(ModelTable models, List<Alias> list, ProblemList problems) {
        this.models = models;
        if (list.size() > MOST_ALIASES) {
            problems.error(list.getFirst().at(), "is one of more than " + MOST_ALIASES + " aliases", "use patterns");
            return;
        }
        list.forEach(alias -> aliases.put(alias.name(), alias));
        for (Alias alias : list) {
            List<String> steps = steps(alias.name());
            String end = steps.getLast();
            if (aliases.containsKey(end)) {
                problems.error(
                        alias.at(),
                        steps.size() > MOST_STEPS
                                ? "leads over more than " + MOST_STEPS + " aliases"
                                : "leads in a circle: " + String.join(" -> ", steps),
                        "name a model");
                aliases.remove(alias.name());
            } else if (models.find(end) == null) {
                problems.warn(
                        alias.at(),
                        "there is no model " + end,
                        () -> Spelling.didYouMean(end, models.names(), "it answers 404 until there is"));
            }
        }
    }

    /** A name and what it stands for, alias after alias, up to a group or, in a circle or after too many, to an alias again. */
    List<String> steps(String name) {
        if (!aliases.containsKey(name)) {
            return List.of(name);
        }
        Set<String> steps = new LinkedHashSet<>();
        String at = name;
        while (steps.size() <= MOST_STEPS && steps.add(at)) {
            Alias alias = aliases.get(at);
            if (alias == null) {
                break;
            }
            at = alias.target();
        }
        return List.copyOf(steps);
    }

    /** The group that a name ends at; null when there is none. */
    @Nullable
    DeploymentGroup find(String name) {
        return models.find(steps(name).getLast());
    }

    /** Every name that a fallback may begin at for it: its steps, and the pattern that its last one is there by. */
    List<String> beginnings(String name) {
        List<String> steps = steps(name);
        String pattern = models.patternOf(steps.getLast());
        return pattern == null
                ? steps
                : Stream.concat(steps.stream(), Stream.of(pattern)).toList();
    }

    List<Alias> aliases() {
        return List.copyOf(aliases.values());
    }

    boolean isAlias(String name) {
        return aliases.containsKey(name);
    }

    /** All that could have been meant. */
    Set<String> all() {
        Set<String> all = new TreeSet<>(models.names());
        all.addAll(aliases.keySet());
        return all;
    }
}
