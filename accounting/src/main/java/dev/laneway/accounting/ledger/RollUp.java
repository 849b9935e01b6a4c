package dev.laneway.accounting.ledger;

import dev.laneway.contracts.TokenUsage;
import java.math.BigInteger;
import java.util.Collection;
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
        long requests;
        long attempts;
        long failures;
        long input;
        long output;
        long cachedInput;
        long cacheWrite;
        long reasoning;
        BigInteger costPicos = BigInteger.ZERO;
        long estimates;
        BigInteger estimatePicos = BigInteger.ZERO;

        private Line(CostKey key) {
            this.key = key;
        }

        private void move(int sign, Counted by) {
            attempts += sign;
            failures += by.failed() ? sign : 0;
            TokenUsage tokens = by.tokens();
            input += sign * tokens.input();
            output += sign * tokens.output();
            cachedInput += sign * tokens.cachedInput();
            cacheWrite += sign * tokens.cacheWrite();
            reasoning += sign * tokens.reasoning();
            BigInteger picos = BigInteger.valueOf(by.costPicos()).multiply(BigInteger.valueOf(sign));
            costPicos = costPicos.add(picos);
            if (by.estimated()) {
                estimates += sign;
                estimatePicos = estimatePicos.add(picos);
            }
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
        line(key).requests++;
        for (CostKey tagged : tagged(key, tags)) {
            line(tagged).requests++;
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
