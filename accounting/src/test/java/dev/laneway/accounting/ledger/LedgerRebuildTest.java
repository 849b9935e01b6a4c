package dev.laneway.accounting.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class LedgerRebuildTest {
    @Test
    void shouldAskAServerAgainThatDidNotAnswer() {
        assertThat(LedgerRebuild.isAway(new SQLException("Connection attempt timed out.", "08001")))
                .isTrue();
        assertThat(LedgerRebuild.isAway(new TimeoutException())).isTrue();
        assertThat(LedgerRebuild.isAway(
                        new ExecutionException(new org.apache.kafka.common.errors.TimeoutException("no broker"))))
                .isTrue();
    }

    @Test
    void shouldNotAskAgainWhereTheAnswerWasNo() {
        assertThat(LedgerRebuild.isAway(new IllegalStateException("stop every accounting")))
                .isFalse();
        assertThat(LedgerRebuild.isAway(new SQLException("permission denied", "42501")))
                .isFalse();
        assertThat(LedgerRebuild.isAway(new ExecutionException(new GroupNotEmptyException("running"))))
                .isFalse();
    }

    @Test
    void shouldSayThatNoGatewayWasHereWhereTheTopicIsMissing() {
        var missing = new ExecutionException(new UnknownTopicOrPartitionException("This server does not host this"));

        assertThat(LedgerRebuild.explained(missing))
                .hasMessageContaining("no topic lw.usage")
                .hasMessageContaining("data directory");
    }

    @Test
    void shouldLeaveOtherAnswersAsTheyAre() {
        var other = new ExecutionException(new GroupNotEmptyException("running"));

        assertThat(LedgerRebuild.explained(other)).isSameAs(other);
    }
}
