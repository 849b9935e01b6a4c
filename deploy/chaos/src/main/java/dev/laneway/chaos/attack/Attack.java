package dev.laneway.chaos.attack;

import java.io.IOException;
import java.util.Optional;

/** One kind of harm. */
public interface Attack {
    /** As the command line names it. */
    String name();

    /** Why it can't be done on this machine. */
    default Optional<String> cannot() {
        return Optional.empty();
    }

    /** Whether it asks itself, in place of the mixture that every other attack is made under. */
    default boolean bringsItsOwnLoad() {
        return false;
    }

    /** How much of a run's time it gets, beside the others. */
    default int share() {
        return 1;
    }

    /** Strikes while the stage has time, and leaves everything mended. */
    void run(Stage stage) throws IOException, InterruptedException;
}
