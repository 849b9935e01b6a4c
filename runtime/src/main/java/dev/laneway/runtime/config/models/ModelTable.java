package dev.laneway.runtime.config.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.catalogue.Price;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.config.CloudModel;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.DeploymentGroup;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.config.OutOfService;
import dev.laneway.runtime.config.Wildcard;
import dev.laneway.runtime.config.file.Digest;
import dev.laneway.runtime.config.file.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deployments of a file by all the names that a chain or a fallback may call them: a group, one deployment of it, or a model that
 * a pattern stands for, which then becomes a deployment of its own. One thread.
 */
public final class ModelTable {
    private final Map<String, List<Entry>> entries = new LinkedHashMap<>();
    private final Map<String, Deployment> deployments = new LinkedHashMap<>();
    private final Map<String, DeploymentGroup> groups = new LinkedHashMap<>();
    private final Map<String, DeploymentGroup> singles = new LinkedHashMap<>();
    private final Map<String, Money> costs = new HashMap<>();
    private final Map<String, Terms> terms = new HashMap<>();
    /** Deployments by the {@code model_info.id} of their entry. */
    private final Map<String, List<String>> named = new HashMap<>();

    private final Set<String> declared;
    /** The most specific first. */
    private final List<Pattern> patterns;

    private final Map<String, Optional<String>> best = new HashMap<>();
    private final EntryReader reader;
    private final Prices prices;

    ModelTable(List<Entry> list, EntryReader reader, Prices prices) {
        this.reader = reader;
        this.prices = prices;
        list.forEach(entry -> entries.computeIfAbsent(entry.group(), name -> new ArrayList<>())
                .add(entry));
        entries.forEach((name, members) -> groups.put(name, add(name, members)));
        declared = Set.copyOf(groups.keySet());
        patterns = declared.stream()
                .map(Pattern::of)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(
                                (Pattern pattern) -> pattern.wildcard().specificity())
                        .thenComparing(Pattern::name)
                        .reversed())
                .toList();
    }

    private record Pattern(String name, Wildcard wildcard) {
        static Optional<Pattern> of(String name) {
            return Optional.ofNullable(Wildcard.of(name)).map(wildcard -> new Pattern(name, wildcard));
        }
    }

    /** Every deployment, those that a chain made out of a pattern among them. */
    public Map<String, Deployment> deployments() {
        return Collections.unmodifiableMap(deployments);
    }

    /** Every group, likewise. */
    public Map<String, DeploymentGroup> groups() {
        return Collections.unmodifiableMap(groups);
    }

    /** The terms of deployments, of those that have some. */
    public List<Holder> holders(Collection<String> ids) {
        return ids.stream()
                .map(id -> new Holder(Scope.DEPLOYMENT, id, terms.getOrDefault(id, Terms.NONE)))
                .filter(holder -> !holder.terms().equals(Terms.NONE))
                .toList();
    }

    /** The deployments that a name means: the one of that id, or those that an entry's {@code model_info.id} names. */
    public List<String> deploymentsOf(String name) {
        if (deployments.containsKey(name)) {
            return List.of(name);
        }
        return List.copyOf(named.getOrDefault(name, List.of()));
    }

    /** The names that {@code model_list} itself has, in its order. */
    public List<String> declaredNames() {
        return entries.keySet().stream().toList();
    }

    /** The file's own entries in canonical form. */
    public ArrayNode json() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        entries.forEach((name, members) -> {
            DeploymentGroup group = Objects.requireNonNull(groups.get(name));
            Iterator<String> ids = group.deployments().iterator();
            for (Entry entry : members) {
                list.add(
                        switch (entry) {
                            case Entry.Callable callable ->
                                EntryJson.of(deployment(ids.next()), callable.terms(), callable.id());
                            case Entry.Unusable unusable -> EntryJson.of(unusable);
                        });
            }
        });
        return list;
    }

    /** Where a group begins in the file. */
    public Place place(String group) {
        List<Entry> members = entries.get(group);
        return members == null ? Place.FILE : members.getFirst().place();
    }

    /** Where a way to a group leaves the network: its first deployment outside, else where the group begins. */
    public Place outside(String group) {
        String pattern = patternOf(group);
        List<Entry> members = entries.getOrDefault(pattern == null ? group : pattern, List.of());
        Stream<Entry> named = members.isEmpty()
                ? entries.values().stream().flatMap(List::stream).filter(entry -> group.equals(entry.id()))
                : members.stream().filter(entry -> entry.zone() == Zone.CLOUD);
        return named.findFirst().map(Entry::place).orElseGet(() -> place(pattern == null ? group : pattern));
    }

    /** All names that could have been meant. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(declared);
        names.addAll(singles.keySet());
        return names;
    }

    /** What a name stands for; null when for nothing. The most specific pattern answers for names that nothing else has. */
    public @Nullable DeploymentGroup find(String name) {
        DeploymentGroup group = groups.get(name);
        if (group != null) {
            return group;
        }
        DeploymentGroup single = singles.get(name);
        return single != null || name.contains("*") ? single : fromPattern(name);
    }

    /** The pattern that a name was made a group by; null when the file itself has the name. */
    public @Nullable String patternOf(String name) {
        return declared.contains(name) || singles.containsKey(name) ? null : bestPattern(name);
    }

    /** True when some deployment of the group, in service or not, may be outside the network. */
    public boolean mayLeave(DeploymentGroup group) {
        return group.deployments().stream().anyMatch(id -> deployment(id).zone() == Zone.CLOUD)
                || group.outOfService().stream().anyMatch(out -> out.zone() == Zone.CLOUD);
    }

    /** What the dearest deployment of a group costs, see {@link Price#mixture}; empty where nothing is known of any. */
    public Optional<Money> price(DeploymentGroup group) {
        return group.deployments().stream()
                .map(costs::get)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    public Deployment deployment(String id) {
        return Objects.requireNonNull(deployments.get(id), id);
    }

    private @Nullable String bestPattern(String name) {
        return best.computeIfAbsent(
                        name,
                        any -> patterns.stream()
                                .filter(pattern -> pattern.wildcard().part(name) != null)
                                .map(Pattern::name)
                                .findFirst())
                .orElse(null);
    }

    private @Nullable DeploymentGroup fromPattern(String name) {
        String pattern = bestPattern(name);
        if (pattern == null) {
            return null;
        }
        List<Entry> members = Objects.requireNonNull(entries.get(pattern)).stream()
                .map(entry -> concrete(entry, pattern, name))
                .toList();
        DeploymentGroup group = add(name, members);
        groups.put(name, group);
        return group;
    }

    /** One model of a pattern; a vendor's cloud model is cloud, though the server of the pattern is not. */
    private Entry concrete(Entry entry, String pattern, String name) {
        return switch (entry) {
            case Entry.Unusable unusable -> new Entry.Unusable(name, unusable.place(), null, unusable.why());
            case Entry.Callable c -> {
                Wildcard wildcard = Objects.requireNonNull(Wildcard.of(pattern));
                String part = Objects.requireNonNull(wildcard.part(name));
                String model =
                        Wildcard.fill(c.target().vendorModel(), c.target().provider(), part);
                Zone zone = CloudModel.is(model) ? Zone.CLOUD : c.zone();
                Entry.Target there = reader.inZone(c.target(), zone);
                Entry.Target target = new Entry.Target(
                        reader.provider(there.provider(), model),
                        there.account(),
                        model,
                        there.baseUrl(),
                        there.apiKey(),
                        there.cloud(),
                        zone);
                yield new Entry.Callable(
                        name,
                        c.place(),
                        null,
                        target,
                        c.timeout(),
                        c.streamTimeout(),
                        c.shares(),
                        c.maxParallel(),
                        c.extra(),
                        c.extraHeaders(),
                        c.info(),
                        c.region(),
                        c.rules(),
                        c.terms());
            }
        };
    }

    private DeploymentGroup add(String name, List<Entry> members) {
        List<Entry.Callable> callable = members.stream()
                .filter(Entry.Callable.class::isInstance)
                .map(Entry.Callable.class::cast)
                .toList();
        List<Integer> weights =
                Weights.of(callable.stream().map(Entry.Callable::shares).toList());
        List<String> ids = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (int i = 0; i < callable.size(); i++) {
            Deployment deployment = deployment(callable.get(i), weights.get(i), used);
            deployments.put(deployment.id(), deployment);
            terms.put(deployment.id(), callable.get(i).terms());
            Price price = price(callable.get(i));
            if (price != null) {
                costs.put(deployment.id(), price.mixture());
            }
            ids.add(deployment.id());
            String ownName = callable.get(i).id();
            if (ownName != null) {
                named.computeIfAbsent(ownName, id -> new ArrayList<>()).add(deployment.id());
            }
            single(callable.get(i).id(), new DeploymentGroup(name, List.of(deployment.id()), List.of()));
        }
        List<OutOfService> out = new ArrayList<>();
        for (Entry entry : members) {
            if (entry instanceof Entry.Unusable unusable) {
                out.add(unusable.why());
                single(unusable.id(), new DeploymentGroup(name, List.of(), List.of(unusable.why())));
            }
        }
        return new DeploymentGroup(name, ids, out);
    }

    private @Nullable Price price(Entry.Callable entry) {
        return prices.of(entry.target().provider(), entry.target().vendorModel(), entry.info(), entry.zone());
    }

    /** Places of the file's entries that can be called, and of whose calls nobody knows what they cost; patterns are none. */
    public List<Place> unpriced() {
        return declaredNames().stream()
                .flatMap(name -> Objects.requireNonNull(entries.get(name)).stream())
                .filter(Entry.Callable.class::isInstance)
                .map(Entry.Callable.class::cast)
                .filter(entry -> !entry.target().vendorModel().contains("*") && price(entry) == null)
                .map(Entry.Callable::place)
                .toList();
    }

    private void single(@Nullable String id, DeploymentGroup only) {
        if (id != null && !entries.containsKey(id)) {
            singles.putIfAbsent(id, new DeploymentGroup(id, only.deployments(), only.outOfService()));
        }
    }

    private static Deployment deployment(Entry.Callable entry, int weight, Set<String> used) {
        Entry.Target target = entry.target();
        String id;
        int copy = 0;
        do {
            id = "d_"
                    + Digest.hex(
                            12,
                            entry.group(),
                            target.account(),
                            target.zone().id(),
                            target.baseUrl().toString(),
                            target.vendorModel(),
                            entry.id() == null ? "" : entry.id(),
                            Integer.toString(copy++));
        } while (!used.add(id));
        return new Deployment(
                id,
                entry.group(),
                target.provider(),
                target.account(),
                target.vendorModel(),
                target.baseUrl(),
                target.apiKey(),
                target.zone(),
                entry.timeout(),
                entry.streamTimeout(),
                weight,
                entry.maxParallel(),
                entry.extra(),
                entry.extraHeaders(),
                entry.info(),
                entry.region(),
                target.cloud(),
                entry.rules());
    }
}
