package dev.laneway.accounting.ledger;

import java.math.BigInteger;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** By how much a batch moves the rows of the roll-up. Belongs to one thread. */
final class RollUp {
    private final Map<CostKey, Line> lines = new HashMap<>();

    /** One row's movement, each figure up or down. */
    static final class Line {
        final CostKey key;
        BigInteger costPicos = BigInteger.ZERO;
        BigInteger estimatePicos = BigInteger.ZERO;
        private final Map<Figure, Long> figures = new EnumMap<>(Figure.class);

        private Line(CostKey key) {
            this.key = key;
        }

        long of(Figure figure) {
            return figures.getOrDefault(figure, 0L);
        }

        private void move(int sign, Counted by) {
            for (Figure figure : Figure.values()) {
                figures.merge(figure, sign * figure.of(by), Long::sum);
            }
            BigInteger picos = BigInteger.valueOf(by.costPicos()).multiply(BigInteger.valueOf(sign));
            costPicos = costPicos.add(picos);
            if (by.estimated()) {
                estimatePicos = estimatePicos.add(picos);
            }
        }

        private void moveRequests() {
            figures.merge(Figure.REQUESTS, 1L, Long::sum);
        }
    }

    /** An attempt counts from now on. */
    void add(CostKey key, List<String> tags, Counted attempt) {
        move(key, tags, 1, attempt);
    }

    /** An attempt that counted does so no more. */
    void remove(CostKey key, List<String> tags, Counted attempt) {
        move(key, tags, -1, attempt);
    }

    /** A request ended. */
    void addRequest(CostKey key, List<String> tags) {
        line(key).moveRequests();
        for (CostKey tagged : tagged(key, tags)) {
            line(tagged).moveRequests();
        }
    }

    Collection<Line> lines() {
        return lines.values();
    }

    private void move(CostKey key, List<String> tags, int sign, Counted attempt) {
        line(key).move(sign, attempt);
        for (CostKey tagged : tagged(key, tags)) {
            line(tagged).move(sign, attempt);
        }
    }

    /** A tag that stands twice, or is another one once it is cut, counts once; an empty one would be no tag. */
    private static Collection<CostKey> tagged(CostKey key, List<String> tags) {
        if (tags.isEmpty()) {
            return List.of();
        }
        Set<CostKey> keys = new LinkedHashSet<>();
        for (String tag : tags) {
            CostKey tagged = key.tagged(tag);
            if (!tagged.tag().isEmpty()) {
                keys.add(tagged);
            }
        }
        return keys;
    }

    private Line line(CostKey key) {
        return lines.computeIfAbsent(key, Line::new);
    }
}
