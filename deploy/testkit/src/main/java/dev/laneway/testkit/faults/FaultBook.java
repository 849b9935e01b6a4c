package dev.laneway.testkit.faults;

import dev.laneway.testkit.answers.Mix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rules in force. A call goes through them in order and takes the first fault that hits it; a rule counts the
 * calls that fit it and that no earlier rule hit. Safe for any thread.
 */
public final class FaultBook {
    private final long seed;
    private volatile List<Armed> rules = List.of();

    public FaultBook(long seed) {
        this.seed = seed;
    }

    private record Armed(FaultRule rule, AtomicLong seen) {}

    /** Puts these rules in place of all others, their counts at 0. */
    public void replace(List<FaultRule> next) {
        List<Armed> armed = new ArrayList<>(next.size());
        for (FaultRule rule : next) {
            armed.add(new Armed(rule, new AtomicLong()));
        }
        rules = List.copyOf(armed);
    }

    public List<FaultRule> rules() {
        return rules.stream().map(Armed::rule).toList();
    }

    /** The fault that a call meets, by what it says of itself. */
    public Optional<Fault> pick(String model, String path, String attempt) {
        List<Armed> inForce = rules;
        for (int i = 0; i < inForce.size(); i++) {
            FaultRule rule = inForce.get(i).rule();
            if (rule.match().matches(model, path, attempt)) {
                long number = inForce.get(i).seen().incrementAndGet();
                if (rule.when().hits(number, Mix.fraction(Mix.of(seed, i, number)))) {
                    return Optional.of(rule.fault());
                }
            }
        }
        return Optional.empty();
    }
}
