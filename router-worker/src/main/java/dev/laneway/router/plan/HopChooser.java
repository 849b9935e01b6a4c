package dev.laneway.router.plan;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.WorkClass;
import dev.laneway.router.health.Standing;
import dev.laneway.runtime.config.CallRules;
import dev.laneway.runtime.config.Deployment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a deployment of the hop in turn: of those that the fence admits, that are fit, in service and not passed over, those of the
 * lowest order, of them those that the config's strategy likes best, and of them one by weight.
 * Work that can wait takes the account whose pause ends first where all are paused: the wait is in Kafka then.
 */
final class HopChooser {
    private final Draft draft;
    private final Situation situation;
    private final Request request;
    private final PrivacyFence fence;
    private final List<Deployment> candidates = new ArrayList<>(4);
    private @Nullable Failure misfit;
    private final Earliest paused = new Earliest();
    private final Earliest resting = new Earliest();
    private boolean spent;
    private boolean known;

    private HopChooser(Draft draft, Situation situation) {
        this.draft = draft;
        this.situation = situation;
        this.request = draft.request();
        this.fence = new PrivacyFence(request, draft.hopName(), situation.table());
    }

    static Choice choose(Draft draft, Situation situation) {
        return new HopChooser(draft, situation).choose();
    }

    private Choice choose() {
        draft.deployments().forEach(this::consider);
        if (!candidates.isEmpty()) {
            return chosen(byWeight());
        }
        if (!known
                && !draft.deployments().isEmpty()
                && !draft.plannedUnder(situation.table().version())) {
            return new Choice.Unknown();
        }
        if (paused.deployment != null) {
            boolean waitsInKafka = request.workClass() == WorkClass.DEFERRED && paused.until < request.deadline();
            return waitsInKafka ? chosen(paused.deployment) : new Choice.Blocked(paused.until, rateLimited());
        }
        if (spent) {
            return new Choice.Spent();
        }
        if (resting.deployment != null && chosen(resting.deployment) instanceof Choice.Chosen probe) {
            return new Choice.Resting(probe);
        }
        return new Choice.Nothing(
                misfit != null
                        ? misfit
                        : Failure.of(FailureKind.NO_DEPLOYMENT, "No deployment of this model is in service"));
    }

    private void consider(String id) {
        Deployment deployment = situation.table().deployment(id);
        if (deployment == null) {
            return;
        }
        known = true;
        if (!fence.admits(deployment)) {
            draft.fenced(id);
            note(Failure.of(FailureKind.ZONE_REFUSED, "The request may not leave its zone"));
            return;
        }
        Failure unfit = Fitness.misfit(request, deployment.modelInfo());
        if (unfit != null) {
            note(unfit);
            return;
        }
        if (topic(deployment) == null) {
            return;
        }
        if (draft.isPassedOver(id)) {
            spent = true;
            return;
        }
        Standing standing = situation.standings().of(deployment, situation.now());
        switch (standing.state()) {
            case SERVING -> candidates.add(deployment);
            case PAUSED -> paused.see(deployment, standing.until());
            case COOLING, OUT_OF_SERVICE, MEASURED -> {
                // whose account is paused is not even probed
                if (!situation.standings().isPaused(deployment, situation.now())) {
                    resting.see(deployment, standing.until());
                }
            }
        }
    }

    private void note(Failure failure) {
        misfit = misfit == null ? failure : misfit.moreUseful(failure);
    }

    private Deployment byWeight() {
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        int first = CallRules.LAST;
        for (Deployment candidate : candidates) {
            first = Math.min(first, candidate.rules().order());
        }
        int order = first;
        candidates.removeIf(candidate -> candidate.rules().order() > order);
        Leaning.narrow(candidates, request, situation);
        long total = 0;
        for (Deployment candidate : candidates) {
            total += candidate.weight();
        }
        long at = (long) (Chance.DEPLOYMENT.draw(request, draft.events()) * total);
        for (Deployment candidate : candidates) {
            at -= candidate.weight();
            if (at < 0) {
                return candidate;
            }
        }
        return candidates.getLast();
    }

    private Choice chosen(Deployment deployment) {
        String topic = topic(deployment);
        return topic == null ? new Choice.Spent() : new Choice.Chosen(deployment, topic);
    }

    private @Nullable String topic(Deployment deployment) {
        return situation.table().attempts(deployment.account(), request.lane(), request.workClass());
    }

    private Failure rateLimited() {
        return new Failure(
                FailureKind.RATE_LIMITED,
                "Every account of this model is paused by its rate limit",
                0,
                paused.until - situation.now());
    }

    /** The one of several that can be called first. */
    private static final class Earliest {
        private @Nullable Deployment deployment;
        private long until;

        void see(Deployment other, long end) {
            if (deployment == null || end < until) {
                deployment = other;
                until = end;
            }
        }
    }
}
