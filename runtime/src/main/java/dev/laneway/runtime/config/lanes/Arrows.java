package dev.laneway.runtime.config.lanes;

import dev.laneway.runtime.config.HopOrigin;
import dev.laneway.runtime.config.settings.Fallback;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fallbacks of both settings blocks, by where they begin. */
final class Arrows {
    private final List<Fallback> all;
    private final Map<HopOrigin, List<Fallback>> fromAnywhere = new EnumMap<>(HopOrigin.class);
    private final Map<String, List<Fallback>> byBeginning = new HashMap<>();

    Arrows(List<Fallback> all) {
        this.all = List.copyOf(all);
        for (Fallback arrow : all) {
            String from = arrow.from();
            List<Fallback> place = from == null
                    ? fromAnywhere.computeIfAbsent(arrow.origin(), origin -> new ArrayList<>())
                    : byBeginning.computeIfAbsent(from, name -> new ArrayList<>());
            place.add(arrow);
        }
    }

    List<Fallback> all() {
        return all;
    }

    /** Every arrow that begins at one of the names. */
    List<Fallback> from(Collection<String> names) {
        return names.stream()
                .distinct()
                .flatMap(name -> byBeginning.getOrDefault(name, List.of()).stream())
                .toList();
    }

    /** Every arrow that may begin at any group. */
    List<Fallback> fromAnywhere() {
        return fromAnywhere.values().stream().flatMap(List::stream).toList();
    }

    /** Those of an origin from any of the names; those for every group where no name has one of its own. */
    List<Fallback> from(Collection<String> names, HopOrigin origin) {
        List<Fallback> own = of(from(names), origin);
        return own.isEmpty() ? fromAnywhere.getOrDefault(origin, List.of()) : own;
    }

    /** {@code default_fallbacks}, where no name has {@code fallbacks} of its own. */
    List<Fallback> defaults(Collection<String> names) {
        return of(from(names), HopOrigin.FALLBACKS).isEmpty()
                ? fromAnywhere.getOrDefault(HopOrigin.DEFAULT_FALLBACKS, List.of())
                : List.of();
    }

    private static List<Fallback> of(List<Fallback> arrows, HopOrigin origin) {
        return arrows.stream().filter(arrow -> arrow.origin() == origin).toList();
    }
}
