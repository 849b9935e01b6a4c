package dev.laneway.runtime.config;

import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.ProblemList;
import dev.laneway.runtime.config.file.Spelling;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.lanes.RouteBuilder;
import dev.laneway.runtime.config.models.ModelTable;
import dev.laneway.runtime.config.terms.HolderReader;
import dev.laneway.runtime.rate.RateKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whose limits and budgets a file states: whether there is such a one, and what of it all comes in force. For one file. */
final class HolderRules {
    private final Providers providers;
    private final HolderReader holders;
    private final ModelTable models;
    private final RouteBuilder.Routing routing;
    private final ProblemList problems;

    HolderRules(
            Providers providers,
            HolderReader holders,
            ModelTable models,
            RouteBuilder.Routing routing,
            ProblemList problems) {
        this.providers = providers;
        this.holders = holders;
        this.models = models;
        this.routing = routing;
        this.problems = problems;
    }

    /** Terms of what isn't there hold for nothing. */
    void check(List<Text> lanes) {
        if (problems.refused()) {
            return;
        }
        for (Text lane : lanes) {
            if (!routing.lanes().containsKey(lane.value().strip())) {
                problems.error(
                        lane.place(),
                        "there is no lane " + lane.value(),
                        () -> Spelling.didYouMean(lane.value(), routing.lanes().keySet(), "remove it"));
            }
        }
        for (Holder holder : holders.holders()) {
            boolean there = switch (holder.scope()) {
                case MODEL -> isCalled(holder.id());
                case PROVIDER -> providers.find(holder.id()) != null;
                case DEPLOYMENT -> !models.deploymentsOf(holder.id()).isEmpty();
                case GLOBAL, KEY, TEAM, USER, MEMBER, TAG -> true;
            };
            if (!there) {
                problems.warn(
                        holders.place(holder),
                        "there is no " + holder.scope().id() + " " + holder.id() + " whose limits these would be",
                        "look at its spelling");
            } else if (holder.scope() == Scope.MODEL
                    && (!holder.terms().budgets().isEmpty() || holder.terms().maxCostPerRequest() != null)
                    && !models.groups().containsKey(holder.id())) {
                problems.unenforced(
                        holders.place(holder),
                        "money of " + holder.id()
                                + ", which is no model_name: calls cost the model_name that they go to"
                                + meant(holder.id()));
            }
        }
    }

    /** Whether clients or chains may name a model so. */
    private boolean isCalled(String name) {
        return routing.routes().containsKey(name)
                || models.groups().containsKey(name)
                || routing.routes().keySet().stream().anyMatch(route -> ConfigLoader.fits(route, name));
    }

    private String meant(String name) {
        Route route = routing.routes().get(name);
        return route == null ? "" : ", first " + route.chain().getFirst().name();
    }

    /**
     * Each holder once: what {@code holders} say of a deployment, by whichever name, and what its entry does are together; so is what is said of a
     * provider by its names.
     */
    List<Holder> inForce(Map<String, Deployment> deployments) {
        List<Holder> all = new ArrayList<>();
        Map<String, Terms> ofDeployments = new LinkedHashMap<>();
        Map<String, Terms> ofProviders = new LinkedHashMap<>();
        models.holders(deployments.keySet()).forEach(own -> ofDeployments.put(own.id(), own.terms()));
        for (Holder holder : holders.holders()) {
            Place place = holders.place(holder);
            switch (holder.scope()) {
                case DEPLOYMENT -> {
                    for (String id : models.deploymentsOf(holder.id())) {
                        if (deployments.containsKey(id)) {
                            add(ofDeployments, id, holder, place);
                        }
                    }
                }
                case PROVIDER -> {
                    ProviderRow row = providers.find(holder.id());
                    add(ofProviders, row == null ? holder.id() : row.name(), holder, place);
                }
                case GLOBAL, KEY, TEAM, USER, MEMBER, TAG, MODEL -> all.add(holder);
            }
        }
        ofProviders.forEach((id, terms) -> all.add(new Holder(Scope.PROVIDER, id, terms)));
        ofDeployments.forEach((id, terms) -> all.add(new Holder(Scope.DEPLOYMENT, id, terms)));
        return all;
    }

    private void add(Map<String, Terms> to, String id, Holder holder, Place place) {
        Terms before = to.getOrDefault(id, Terms.NONE);
        if (saysAgain(before, holder.terms())) {
            problems.error(
                    place,
                    "the limits or budget of " + holder.scope().id() + " " + holder.id() + " are said again",
                    holder.scope() == Scope.DEPLOYMENT
                            ? "say them in holders or at its entry"
                            : "say them by one of its names");
        }
        to.put(id, holder.terms().filledFrom(before));
    }

    private static boolean saysAgain(Terms one, Terms other) {
        RateLimits mine = one.limits();
        RateLimits others = other.limits();
        boolean limits = mine != null
                && others != null
                && Stream.of(RateKind.values()).anyMatch(kind -> kind.of(mine) > 0 && kind.of(others) > 0);
        return limits || (!one.budgets().isEmpty() && !other.budgets().isEmpty());
    }
}
