package dev.laneway.runtime.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file's keys for people: the same key of several entries, with the same to be said of it, is one line. */
final class KeyText {
    private static final int MOST_LINES = 6;

    private KeyText() {}

    private record Line(KeyStanding standing, String kind, String note) {}

    /** Nothing where there is no key. */
    static String of(List<KeyUse> keys) {
        if (keys.isEmpty()) {
            return "";
        }
        Map<Line, List<String>> lines = new LinkedHashMap<>();
        keys.forEach(use -> lines.computeIfAbsent(
                        new Line(use.standing(), use.kind(), use.note()), line -> new ArrayList<>())
                .add(use.place()));
        StringBuilder text = new StringBuilder("keys of the file:\n");
        lines.entrySet().stream()
                .sorted(Comparator.comparing(
                        (Map.Entry<Line, List<String>> entry) -> entry.getKey().standing(), Comparator.reverseOrder()))
                .forEach(entry -> text.append("  %-20s  %s (%s): %s%n"
                        .formatted(
                                entry.getKey().standing().words(),
                                entry.getKey().kind(),
                                places(entry.getValue()),
                                entry.getKey().note())));
        return text.toString();
    }

    private static String places(List<String> lines) {
        List<String> shown = lines.stream().distinct().limit(MOST_LINES).toList();
        long more = lines.stream().distinct().count() - shown.size();
        return (shown.size() == 1 ? "line " : "lines ")
                + String.join(", ", shown)
                + (more > 0 ? " and " + more + " more" : "");
    }
}
