package dev.laneway.standalone.trials;

import dev.laneway.chaos.Chaos;
import java.util.Iterator;

/** The names of the attacks, for the help text. */
final class ChaosScenarios implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Chaos.scenarios().iterator();
    }
}
