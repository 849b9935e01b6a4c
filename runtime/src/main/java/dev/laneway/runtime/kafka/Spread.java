package dev.laneway.runtime.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;

/**
 * Gives records that need no order partitions in turn, {@value #TOGETHER} to each: what goes to one partition is one batch for the
 * broker, where a hash of the key makes one for each partition. Over time every partition gets as much as the others. Used on one
 * thread.
 */
final class Spread {
    static final int TOGETHER = 16;

    private final ToIntFunction<String> partitions;
    private final Map<String, Turn> turns = new HashMap<>();

    private static final class Turn {
        int partition;
        int left;
    }

    /** @param partitions how many a topic has now, at least 1; asked once a turn */
    Spread(ToIntFunction<String> partitions) {
        this.partitions = partitions;
    }

    /** The partition of the next record of a topic. */
    int next(String topic) {
        Turn turn = turns.get(topic);
        if (turn == null) {
            turn = new Turn();
            turn.partition = ThreadLocalRandom.current().nextInt(1 << 16);
            turns.put(topic, turn);
        }
        if (turn.left == 0) {
            turn.partition = (turn.partition + 1) % partitions.applyAsInt(topic);
            turn.left = TOGETHER;
        }
        turn.left--;
        return turn.partition;
    }
}
