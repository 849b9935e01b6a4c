package dev.laneway.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void shouldGiveEveryPartitionAsMuchAsTheOthersAndKeepNeighboursTogether() {
        Spread spread = new Spread(topic -> 4);
        Map<Integer, Integer> counts = new HashMap<>();
        int changes = 0;
        int before = -1;

        for (int i = 0; i < 40 * 4 * Spread.TOGETHER; i++) {
            int partition = spread.next("work");
            counts.merge(partition, 1, Integer::sum);
            changes += partition == before ? 0 : 1;
            before = partition;
        }

        assertThat(counts)
                .containsOnlyKeys(0, 1, 2, 3)
                .allSatisfy((partition, count) -> assertThat(count).isEqualTo(40 * Spread.TOGETHER));
        assertThat(changes).isEqualTo(40 * 4);
    }

    @Test
    void shouldFollowATopicThatGotOtherPartitions() {
        int[] partitions = {8};
        Spread spread = new Spread(topic -> partitions[0]);
        for (int i = 0; i < 20 * Spread.TOGETHER; i++) {
            spread.next("work");
        }
        partitions[0] = 2;

        for (int i = 0; i < Spread.TOGETHER; i++) {
            spread.next("work"); // the turn that had begun
        }
        int after = spread.next("work");

        assertThat(after).isBetween(0, 1);
    }
}
