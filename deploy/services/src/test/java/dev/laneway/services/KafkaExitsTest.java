package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;

class KafkaExitsTest {
    @Test
    void shouldTellThatKafkaWantsToEndAndNotEndThisJvm() {
        try (var exits = KafkaExits.watch()) {
            Throwable thrown = catchThrowable(() -> Exit.halt(1, "all log dirs have failed"));

            assertThat(thrown).isInstanceOf(IllegalStateException.class);
            assertThat(exits.wanted()).isCompletedWithValue("all log dirs have failed");
        }
    }

    @Test
    void shouldSayTheStatusWhereKafkaGivesNoReason() {
        try (var exits = KafkaExits.watch()) {
            Throwable _ = catchThrowable(() -> Exit.exit(3));

            assertThat(exits.wanted()).isCompletedWithValue("it cannot go on (status 3)");
        }
    }

    @Test
    void shouldNotTellABrokerThatHasStopped() {
        var stopped = KafkaExits.watch();
        stopped.close();

        Throwable _ = catchThrowable(() -> Exit.halt(1));

        assertThat(stopped.wanted()).isNotDone();
    }
}
