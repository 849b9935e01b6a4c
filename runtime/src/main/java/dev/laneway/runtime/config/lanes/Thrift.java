package dev.laneway.runtime.config.lanes;

import dev.laneway.contracts.Money;
import dev.laneway.runtime.config.DeploymentGroup;
import dev.laneway.runtime.config.file.ProblemList;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.models.ModelTable;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Warns where a route of lane {@code routine} begins at the dearest of the models that it may use, though a cheaper one is there. */
final class Thrift {
    private final ModelTable models;
    private final Names names;
    private final Fence fence;
    private final ProblemList problems;
    private final List<Priced> cheapestFirst;

    Thrift(ModelTable models, Names names, Fence fence, ProblemList problems) {
        this.models = models;
        this.names = names;
        this.fence = fence;
        this.problems = problems;
        this.cheapestFirst = models.declaredNames().stream()
                .map(name -> Objects.requireNonNull(models.find(name)))
                .flatMap(group -> models.price(group).map(price -> new Priced(group, price)).stream())
                .sorted(Comparator.comparing(Priced::price))
                .toList();
    }

    private record Priced(DeploymentGroup group, Money price) {}

    /** Judges a route that the file writes out: a model that is callable by its own name is nobody's default. */
    void judge(RouteDraft draft) {
        if (draft.implied() || draft.chain().isEmpty() || !draft.lane().name().equals(LaneReader.ROUTINE)) {
            return;
        }
        Text first = draft.chain().getFirst();
        DeploymentGroup begin = names.find(first.value());
        Money price = begin == null ? null : models.price(begin).orElse(null);
        Optional<Priced> dearest = firstPermitted(draft, cheapestFirst.reversed());
        Optional<Priced> cheapest = firstPermitted(draft, cheapestFirst);
        if (price == null || dearest.isEmpty() || cheapest.isEmpty()) {
            return;
        }
        if (price.compareTo(dearest.get().price()) >= 0
                && price.compareTo(cheapest.get().price()) > 0) {
            problems.warn(
                    first.place(),
                    "routine work begins at the dearest model, " + first.value(),
                    "begin with a cheaper one, such as "
                            + cheapest.get().group().name()
                            + ", or move the route to a lane for work that is worth it");
        }
    }

    private Optional<Priced> firstPermitted(RouteDraft draft, List<Priced> order) {
        return order.stream()
                .filter(priced -> !fence.forbidsWhole(draft, priced.group()))
                .findFirst();
    }
}
