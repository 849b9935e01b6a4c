package dev.laneway.runtime.config.lanes;

import dev.laneway.runtime.config.HopOrigin;
import dev.laneway.runtime.config.settings.Fallback;
import java.util.Collection;
import java.util.List;

/** The fallbacks of both settings blocks, by where they begin. */
record Arrows(List<Fallback> all) {
    Arrows {
        all = List.copyOf(all);
    }

    /** Those of an origin from any of the names; those for every group where no name has one of its own. */
    List<Fallback> from(Collection<String> names, HopOrigin origin) {
        List<Fallback> own = all.stream()
                .filter(arrow -> arrow.origin() == origin && arrow.from() != null && names.contains(arrow.from()))
                .toList();
        return own.isEmpty() ? forAll(origin) : own;
    }

    /** {@code default_fallbacks} for groups that have no {@code fallbacks} of their own. */
    List<Fallback> defaults(Collection<String> names) {
        boolean own = all.stream()
                .anyMatch(arrow ->
                        arrow.origin() == HopOrigin.FALLBACKS && arrow.from() != null && names.contains(arrow.from()));
        return own ? List.of() : forAll(HopOrigin.DEFAULT_FALLBACKS);
    }

    /** Every arrow that might ever leave the names, whatever the failure. */
    List<Fallback> anyFrom(Collection<String> names) {
        return all.stream()
                .filter(arrow -> arrow.from() == null || names.contains(arrow.from()))
                .toList();
    }

    private List<Fallback> forAll(HopOrigin origin) {
        return all.stream()
                .filter(arrow -> arrow.origin() == origin && arrow.from() == null)
                .toList();
    }
}
