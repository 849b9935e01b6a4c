package dev.laneway.runtime.config.lanes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.ChainHop;
import dev.laneway.runtime.config.DeploymentGroup;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.ProblemList;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Spelling;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.models.ModelTable;
import dev.laneway.runtime.config.settings.Alias;
import dev.laneway.runtime.config.settings.Fallback;
import dev.laneway.runtime.config.settings.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes routes of everything that was read, and has each judged by the fence. */
public final class RouteBuilder {
    private final Reading reading;
    private final ProblemList problems;
    private final ModelTable models;
    private final Settings settings;
    private final Names names;
    private final Arrows arrows;
    private final Fence fence;
    private final Chains chains;
    private final Thrift thrift;

    public RouteBuilder(Reading reading, ModelTable models, Settings settings, List<Fallback> fallbacks) {
        this.reading = reading;
        this.problems = reading.problems();
        this.models = models;
        this.settings = settings;
        this.names = new Names(models, settings.aliases(), problems);
        this.arrows = new Arrows(fallbacks);
        this.fence = new Fence(models, new Ways(names, arrows), problems);
        this.chains = new Chains(names, new Arrows(named(fallbacks)));
        this.thrift = new Thrift(models, names, fence, problems);
    }

    /**
     * Lanes and routes of a file.
     *
     * @param json the file's own lanes and routes in canonical form, by the keys of its top mapping
     */
    public record Routing(Map<String, Lane> lanes, Map<String, Route> routes, Map<String, JsonNode> json) {}

    /** Takes {@code lanes} and {@code routes} of the file's top mapping. */
    public Routing build(Block top) {
        boolean own = top.has("lanes") || top.has("routes");
        LaneReader laneReader = new LaneReader(reading);
        Lanes lanes = own ? laneReader.read(top.block("lanes")) : laneReader.ofLiteLlm();
        List<RouteDraft> drafts = new ArrayList<>(new RouteReader(reading, lanes).read(top.block("routes")));
        drafts.forEach(this::checkChain);
        Map<String, JsonNode> json = RoutingJson.of(top, lanes, drafts);
        Set<String> written = new HashSet<>();
        drafts.forEach(draft -> written.add(draft.name()));
        checkApproved(lanes);
        boolean modelsOffered = settings.exposeModels() || !top.has("routes");
        checkFallbacks(written, modelsOffered);
        if (modelsOffered) {
            Lane routine = Objects.requireNonNull(lanes.all().get(LaneReader.ROUTINE));
            implied(routine).stream()
                    .filter(draft -> !written.contains(draft.name()) && isOffered(draft))
                    .forEach(drafts::add);
            namedByFallbacks(routine).stream()
                    .filter(draft -> !written.contains(draft.name()))
                    .forEach(drafts::add);
        }
        Map<String, Route> routes = new LinkedHashMap<>();
        for (RouteDraft draft : drafts) {
            fence.judge(draft);
            thrift.judge(draft);
            Route route = problems.refused() ? null : route(draft);
            if (route != null) {
                routes.put(route.name(), route);
            }
        }
        return new Routing(lanes.all(), routes, json);
    }

    /** Those that lead to a model: no others are ever taken. */
    private List<Fallback> named(List<Fallback> fallbacks) {
        return fallbacks.stream()
                .filter(arrow -> names.find(arrow.to()) != null)
                .toList();
    }

    private @Nullable Route route(RouteDraft draft) {
        List<ChainHop> chain = chains.of(draft);
        if (chain.isEmpty()) {
            return null;
        }
        if (chain.size() == Chains.MOST_HOPS) {
            problems.warn(
                    draft.place(),
                    "has more than " + Chains.MOST_HOPS + " hops with its fallbacks",
                    "only these are tried");
        }
        boolean leaves = chain.stream()
                .flatMap(hop -> hop.deployments().stream())
                .anyMatch(id -> models.deployment(id).zone() == Zone.CLOUD);
        if (leaves && draft.privacy() == Privacy.CLOUD_ALLOWED) {
            warnOfLeaving(draft, chain);
        }
        if (leaves && draft.privacy() == Privacy.LOCAL_FIRST && mayLeave(chain.getFirst())) {
            problems.warn(
                    draft.place(),
                    "is local_first, but its first hop " + chain.getFirst().name() + " may be outside the network",
                    "begin the chain with a local deployment");
        }
        return new Route(
                draft.name(),
                draft.lane().name(),
                chain,
                draft.fallbackAllowed(),
                draft.privacy(),
                leaves ? Zone.CLOUD : Zone.LOCAL,
                draft.purpose(),
                draft.visible(),
                List.copyOf(draft.approved()),
                draft.continueStreams());
    }

    private boolean mayLeave(ChainHop hop) {
        return hop.deployments().stream().anyMatch(id -> models.deployment(id).zone() == Zone.CLOUD);
    }

    /** Allowed, but easily overlooked: work that begins inside and goes out when something fails. */
    private void warnOfLeaving(RouteDraft draft, List<ChainHop> chain) {
        ChainHop first = chain.getFirst();
        if (first.deployments().isEmpty() || mayLeave(first)) {
            return;
        }
        chain.stream()
                .filter(this::mayLeave)
                .findFirst()
                .ifPresent(out -> problems.warn(
                        draft.place(),
                        "this fallback leaves the network: " + draft.name() + " begins at " + first.name()
                                + " and goes on to " + out.name() + " ("
                                + out.origin().id() + ")",
                        "if it must not, write fallback: never, or a lane that is local_only"));
    }

    /** Models and aliases as routes of their own. */
    private List<RouteDraft> implied(Lane lane) {
        Map<String, RouteDraft> drafts = new LinkedHashMap<>();
        for (String name : models.declaredNames()) {
            drafts.put(name, implied(name, lane, models.place(name), !name.contains("*")));
        }
        for (Alias alias : names.aliases()) {
            if (names.find(alias.name()) != null) {
                drafts.put(alias.name(), implied(alias.name(), lane, alias.at(), !alias.hidden()));
            }
        }
        return List.copyOf(drafts.values());
    }

    /** What {@code fallback_routes} begins at and no model or alias is called: a route of what follows. */
    private List<RouteDraft> namedByFallbacks(Lane lane) {
        Map<String, List<Text>> chains = new LinkedHashMap<>();
        for (Fallback arrow : arrows.all()) {
            String from = arrow.from();
            if (from != null
                    && isRoute(arrow)
                    && names.find(arrow.to()) != null
                    && !arrow.to().contains("*")) {
                chains.computeIfAbsent(from, name -> new ArrayList<>()).add(new Text(arrow.to(), arrow.at()));
            }
        }
        List<RouteDraft> drafts = new ArrayList<>();
        chains.forEach((name, chain) ->
                drafts.add(implied(name, lane, chain, chain.getFirst().place(), true)));
        return drafts;
    }

    private boolean isRoute(Fallback arrow) {
        String from = arrow.from();
        return arrow.named() && from != null && !from.contains("*") && names.find(from) == null;
    }

    private static RouteDraft implied(String name, Lane lane, Place at, boolean visible) {
        return implied(name, lane, List.of(new Text(name, at)), at, visible);
    }

    private static RouteDraft implied(String name, Lane lane, List<Text> chain, Place at, boolean visible) {
        return new RouteDraft(
                name,
                lane,
                chain,
                true,
                lane.privacy(),
                new LinkedHashSet<>(lane.approved()),
                lane.purpose(),
                visible,
                false,
                true,
                at);
    }

    /** A model that its lane wouldn't let anybody call is no route; that is said, and nothing leaves. */
    private boolean isOffered(RouteDraft draft) {
        DeploymentGroup group = names.find(draft.name());
        if (group == null || !fence.forbidsWhole(draft, group)) {
            return group != null;
        }
        problems.warn(
                draft.place(),
                draft.name() + " can't be called by its own name: lane "
                        + draft.lane().name() + " is " + draft.privacy().id(),
                "name it in a route, or give lane " + draft.lane().name() + " another privacy");
        return false;
    }

    private void checkChain(RouteDraft draft) {
        Set<String> before = new HashSet<>();
        for (Text hop : draft.chain()) {
            if (!before.add(hop.value())) {
                problems.warn(hop.place(), hop.value() + " is in the chain twice", "keep the first");
            }
            if (hop.value().contains("*") && !hop.value().equals(draft.name())) {
                problems.error(
                        hop.place(), hop.value() + " is a pattern, not a model", "name a model that it stands for");
            } else if (names.find(hop.value()) == null) {
                problems.error(
                        hop.place(),
                        "there is no model " + hop.value(),
                        () -> Spelling.didYouMean(hop.value(), names.all(), "add it to model_list"));
            } else if (models.patternOf(names.steps(hop.value()).getLast()) != null) {
                problems.warn(
                        hop.place(),
                        hop.value() + " is only there by the pattern "
                                + models.patternOf(names.steps(hop.value()).getLast()),
                        "make sure that the vendor has it");
            }
        }
        if (!draft.fallbackAllowed() && draft.chain().size() > 1) {
            problems.warn(draft.place(), "only the first hop is ever used: fallback is never", "shorten the chain");
        }
    }

    private void checkApproved(Lanes lanes) {
        for (Lane lane : lanes.all().values()) {
            Place at = lanes.approvedPlaces().getOrDefault(lane.name(), Place.FILE);
            for (String name : lane.approved()) {
                if (names.isAlias(name)) {
                    problems.error(
                            at,
                            name + " is an alias",
                            "name " + names.steps(name).getLast() + " itself");
                    continue;
                }
                DeploymentGroup group = names.find(name);
                if (group == null) {
                    problems.error(
                            at,
                            "there is no model " + name,
                            () -> Spelling.didYouMean(name, models.names(), "add it to model_list"));
                } else if (!models.mayLeave(group)) {
                    problems.warn(at, name + " is inside the network and needs no approval", "remove it");
                }
            }
        }
    }

    /** A fallback that names nothing does nothing, as in LiteLLM; that is said. */
    private void checkFallbacks(Set<String> routes, boolean modelsOffered) {
        for (Fallback arrow : arrows.all()) {
            if (names.find(arrow.to()) == null || arrow.to().contains("*")) {
                problems.warn(
                        arrow.at(),
                        "there is no model " + arrow.to() + ", so this fallback is skipped",
                        () -> Spelling.didYouMean(arrow.to(), names.all(), "add it to model_list"));
            }
            String from = arrow.from();
            boolean isRoute = modelsOffered && isRoute(arrow);
            if (from != null && !isRoute && !routes.contains(from) && names.find(from) == null) {
                problems.warn(
                        arrow.at(),
                        "there is no model " + from + " to fall back from",
                        () -> Spelling.didYouMean(from, names.all(), "remove it"));
            }
        }
    }
}
