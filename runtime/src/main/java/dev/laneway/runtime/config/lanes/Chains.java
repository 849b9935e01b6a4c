package dev.laneway.runtime.config.lanes;

import dev.laneway.runtime.config.ChainHop;
import dev.laneway.runtime.config.DeploymentGroup;
import dev.laneway.runtime.config.HopOrigin;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.settings.Fallback;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes out the hops of a route: its chain, then what LiteLLM's fallbacks add to it, each group once. A fallback for one kind of
 * failure stands right behind the hop that it belongs to, and is taken only after that kind.
 */
final class Chains {
    static final int MOST_HOPS = 32;

    private final Names names;
    private final Arrows arrows;

    Chains(Names names, Arrows arrows) {
        this.names = names;
        this.arrows = arrows;
    }

    /** The hops, in order; names that stand for nothing are left out. */
    List<ChainHop> of(RouteDraft draft) {
        Map<String, ChainHop> general = new LinkedHashMap<>();
        Map<String, Set<String>> called = new LinkedHashMap<>();
        for (Text name : draft.chain()) {
            add(name.value(), HopOrigin.CHAIN, general, called);
        }
        if (!draft.fallbackAllowed()) {
            return general.values().stream().limit(1).toList();
        }
        called.values().stream().findFirst().ifPresent(first -> first.add(draft.name()));
        follow(draft, general, called);
        List<ChainHop> hops = new ArrayList<>();
        List<ChainHop> ordered = List.copyOf(general.values());
        for (int i = 0; i < ordered.size(); i++) {
            ChainHop hop = ordered.get(i);
            hops.add(hop);
            Set<String> as = called.getOrDefault(hop.name(), Set.of());
            Set<String> needless = new HashSet<>();
            hops.forEach(before -> needless.add(before.name()));
            ordered.stream().skip(i + 1L).limit(1).forEach(next -> needless.add(next.name()));
            special(as, HopOrigin.CONTEXT_WINDOW_FALLBACKS, needless, draft, hops);
            special(as, HopOrigin.CONTENT_POLICY_FALLBACKS, needless, draft, hops);
        }
        return hops.stream().limit(MOST_HOPS).toList();
    }

    private void follow(RouteDraft draft, Map<String, ChainHop> general, Map<String, Set<String>> called) {
        List<String> open = new ArrayList<>(general.keySet());
        for (int i = 0; i < open.size(); i++) {
            for (Fallback arrow : arrows.from(called.getOrDefault(open.get(i), Set.of()), HopOrigin.FALLBACKS)) {
                if (isModelFor(draft, arrow.to()) && add(arrow.to(), HopOrigin.FALLBACKS, general, called)) {
                    open.add(new ArrayList<>(general.keySet()).getLast());
                }
            }
        }
        for (String group : general.size() < MOST_HOPS ? open : List.<String>of()) {
            for (Fallback arrow : arrows.defaults(called.getOrDefault(group, Set.of()))) {
                if (isModelFor(draft, arrow.to())) {
                    add(arrow.to(), HopOrigin.DEFAULT_FALLBACKS, general, called);
                }
            }
        }
    }

    /** @param needless groups that were tried before or come next anyway */
    private void special(
            Set<String> as, HopOrigin origin, Set<String> needless, RouteDraft draft, List<ChainHop> hops) {
        for (Fallback arrow : arrows.from(as, origin)) {
            DeploymentGroup group = isModelFor(draft, arrow.to()) ? names.find(arrow.to()) : null;
            if (group != null && !needless.contains(group.name())) {
                hops.add(new ChainHop(group.name(), group.deployments(), origin));
            }
        }
    }

    /** A pattern is no model to fall back to, but for a route that is the same pattern. */
    private static boolean isModelFor(RouteDraft draft, String name) {
        return !name.contains("*") || name.equals(draft.name());
    }

    private boolean add(String name, HopOrigin origin, Map<String, ChainHop> hops, Map<String, Set<String>> called) {
        DeploymentGroup group = hops.size() == MOST_HOPS ? null : names.find(name);
        if (group == null) {
            return false;
        }
        called.computeIfAbsent(group.name(), any -> new LinkedHashSet<>()).addAll(names.steps(name));
        return hops.putIfAbsent(group.name(), new ChainHop(group.name(), group.deployments(), origin)) == null;
    }
}
