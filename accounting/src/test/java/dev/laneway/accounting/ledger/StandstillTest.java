package dev.laneway.accounting.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private static final TopicPartition ONE = new TopicPartition("lw.usage", 0);
    private static final TopicPartition OTHER = new TopicPartition("lw.usage", 1);

    private final Standstill standstill = new Standstill();

    @Test
    void shouldCountWhatIsThereAndNotWritten() {
        Reading reading = Reading.of(
                Map.of(ONE, 0L, OTHER, 100L), Map.of(ONE, 10L, OTHER, 130L), Map.of(ONE, new OffsetAndMetadata(7)));

        assertThat(reading.behind()).isEqualTo(33);
    }

    @Test
    void shouldNotCountWhatTheTopicHoldsNoMore() {
        Reading reading = Reading.of(Map.of(ONE, 90L), Map.of(ONE, 100L), Map.of(ONE, new OffsetAndMetadata(20)));

        assertThat(reading.behind()).isEqualTo(10);
    }

    @Test
    void shouldNotLetATopicThatWasMadeAnewHideWhatWaits() {
        Reading reading = Reading.of(
                Map.of(ONE, 0L, OTHER, 0L),
                Map.of(ONE, 5L, OTHER, 8L),
                Map.of(ONE, new OffsetAndMetadata(500), OTHER, new OffsetAndMetadata(1)));

        assertThat(reading.behind()).isEqualTo(7);
    }

    @Test
    void shouldTellForHowLongNothingIsWrittenThoughThereIsSomething() {
        standstill.look(new Reading(3, 100), 1_000);

        assertThat(standstill.look(new Reading(9, 100), 61_000)).isEqualTo(60_000);
    }

    @Test
    void shouldBeContentWhileSomethingIsWrittenOrNothingWaits() {
        standstill.look(new Reading(3, 100), 1_000);

        assertThat(standstill.look(new Reading(9, 101), 61_000)).isZero();
        assertThat(standstill.look(new Reading(0, 101), 200_000)).isZero();
        assertThat(standstill.look(new Reading(1, 101), 205_000)).isEqualTo(5_000);
    }
}
