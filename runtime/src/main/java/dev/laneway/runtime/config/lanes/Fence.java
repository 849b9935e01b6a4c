package dev.laneway.runtime.config.lanes;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.DeploymentGroup;
import dev.laneway.runtime.config.OutOfService;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.ProblemList;
import dev.laneway.runtime.config.models.ModelTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first of the four fences: a route that keeps its work inside the network is refused when it could reach a deployment outside by
 * any way, in service or not; one that may leave for approved deployments, when it could reach another.
 */
final class Fence {
    private final ModelTable models;
    private final Ways ways;
    private final ProblemList problems;

    Fence(ModelTable models, Ways ways, ProblemList problems) {
        this.models = models;
        this.ways = ways;
        this.problems = problems;
    }

    /** Judges a route; what is wrong becomes problems. */
    void judge(RouteDraft draft) {
        if (draft.privacy() == Privacy.CLOUD_ALLOWED && draft.lane().regions().isEmpty()) {
            return;
        }
        Set<String> left = new HashSet<>();
        for (Ways.Way way : ways.of(draft)) {
            String stranger = firstForbidden(draft, way.group());
            if (stranger != null) {
                refuse(draft, way, stranger);
            } else if (draft.privacy() == Privacy.LOCAL_FIRST
                    && problems.keepsWarnings()
                    && models.mayLeave(way.group())
                    && left.add(way.group().name())) {
                problems.warn(
                        way.place(),
                        "this fallback leaves the network: " + way.told(problems),
                        "approved by "
                                + (draft.approved().isEmpty()
                                        ? "nobody"
                                        : "lane " + draft.lane().name()));
            }
            regions(draft, way);
        }
    }

    /** True when nothing of a group may be used by a route, so that the route would have no first hop. */
    boolean forbidsWhole(RouteDraft draft, DeploymentGroup group) {
        boolean anyPermitted =
                group.deployments().stream().anyMatch(id -> permits(draft, group.name(), models.deployment(id)))
                        || group.outOfService().stream().anyMatch(out -> permits(draft, group.name(), out.zone()));
        return !anyPermitted;
    }

    private @Nullable String firstForbidden(RouteDraft draft, DeploymentGroup group) {
        for (String id : group.deployments()) {
            Deployment deployment = models.deployment(id);
            if (!permits(draft, group.name(), deployment)) {
                return deployment.provider() + "/" + deployment.vendorModel();
            }
        }
        for (OutOfService out : group.outOfService()) {
            if (!permits(draft, group.name(), out.zone())) {
                return out.model();
            }
        }
        return null;
    }

    private boolean permits(RouteDraft draft, String name, Deployment deployment) {
        return permits(draft, name, deployment.zone()) || permits(draft, deployment.group(), deployment.zone());
    }

    private boolean permits(RouteDraft draft, String name, Zone zone) {
        String pattern = models.patternOf(name);
        return switch (draft.privacy()) {
            case LOCAL_ONLY -> zone == Zone.LOCAL;
            case LOCAL_FIRST ->
                zone == Zone.LOCAL
                        || draft.approved().contains(name)
                        || (pattern != null && draft.approved().contains(pattern));
            case CLOUD_ALLOWED -> true;
        };
    }

    private void refuse(RouteDraft draft, Ways.Way way, String stranger) {
        String group = way.group().name();
        Place at = models.outside(group);
        String whole = way.told(problems) + " -> " + stranger + " (cloud"
                + (at.line() == 0 ? ")" : ", " + problems.line(at) + ")");
        String lane =
                "lane " + draft.lane().name() + " is " + draft.lane().privacy().id();
        String rule = draft.privacy() == draft.lane().privacy()
                ? lane
                : "the route is " + draft.privacy().id();
        boolean first = draft.privacy() == Privacy.LOCAL_FIRST;
        problems.error(
                way.place(),
                (first ? "would leave the network for what is not approved" : "would leave the network") + ", but "
                        + rule + ": " + whole,
                first
                        ? "add " + group + " to lanes." + draft.lane().name() + ".approved, or take it out of that way"
                        : "take " + group + " out of that way, or move the route to a lane that allows the cloud");
    }

    private void regions(RouteDraft draft, Ways.Way way) {
        List<String> allowed = draft.lane().regions();
        for (String id : allowed.isEmpty() ? List.<String>of() : way.group().deployments()) {
            Deployment deployment = models.deployment(id);
            if (deployment.region() == null || !allowed.contains(deployment.region())) {
                problems.error(
                        way.place(),
                        way.told(problems) + " -> " + deployment.provider() + "/" + deployment.vendorModel()
                                + (deployment.region() == null
                                        ? " says no region"
                                        : " is in region " + deployment.region())
                                + ", but lane " + draft.lane().name() + " allows " + String.join(", ", allowed),
                        "state model_info.region, or take it out of that way");
            }
        }
    }
}
