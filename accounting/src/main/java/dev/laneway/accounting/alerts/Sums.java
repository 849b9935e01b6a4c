package dev.laneway.accounting.alerts;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What was tallied of subjects within a window. Not safe for several threads. */
final class Sums {
    private final Map<String, Map<Measure, Long>> bySubject = new TreeMap<>();

    Sums add(Measure measure, String subject, long n) {
        bySubject
                .computeIfAbsent(subject, absent -> new EnumMap<>(Measure.class))
                .merge(measure, n, Long::sum);
        return this;
    }

    Collection<String> subjects() {
        return bySubject.keySet();
    }

    long of(String subject, Measure measure) {
        return bySubject.getOrDefault(subject, Map.of()).getOrDefault(measure, 0L);
    }

    long total(Measure measure) {
        return bySubject.values().stream()
                .mapToLong(counts -> counts.getOrDefault(measure, 0L))
                .sum();
    }
}
