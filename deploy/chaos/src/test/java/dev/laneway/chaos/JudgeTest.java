package dev.laneway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.chaos.attack.Strike;
import dev.laneway.chaos.cluster.Role;
import dev.laneway.chaos.load.Asked;
import dev.laneway.chaos.load.Ending;
import dev.laneway.chaos.load.Shape;
import dev.laneway.chaos.oracle.Made;
import dev.laneway.chaos.oracle.Promise;
import dev.laneway.contracts.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JudgeTest {
    private static final URI INGRESS = URI.create("http://127.0.0.1:1");
    private static final Shape SHAPE = new Shape("quick", false, false, 10);
    private static final long KILLED_AT = 100_000;

    private static final Strike KILL =
            new Strike("kill", "kill -9 provider-workers-0", KILLED_AT, KILLED_AT + 5_000, Role.WORKERS, null);

    private static Asked asked(String id, long sentAt, long endedAt, Ending ending) {
        return new Asked(SHAPE, INGRESS, id, sentAt, endedAt, ending, 200);
    }

    @Test
    void shouldFindAWholeAnswerThatNoFactCompletes() {
        var findings = Judge.clients(
                List.of(asked("req_a", 1, 2, Ending.WHOLE)), Made.log(Set.of("req_a"), Made.ended("req_a")), List.of());

        assertThat(Made.promises(findings)).containsExactly(Promise.ANSWERS_TRUE);
    }

    @Test
    void shouldBelieveAWholeAnswerOfACompletedRequest() {
        var findings = Judge.clients(
                List.of(asked("req_a", 1, 2, Ending.WHOLE)),
                Made.log(Set.of("req_a"), Made.fact("req_a:0:0", Outcome.SUCCEEDED)),
                List.of());

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldFindAClientThatHangs() {
        var findings = Judge.clients(List.of(asked("", 1, 60_000, Ending.HUNG)), Made.log(Set.of()), List.of(KILL));

        assertThat(Made.promises(findings)).containsExactly(Promise.NO_HANG);
    }

    @Test
    void shouldExcuseAFrozenIngress() {
        Strike freeze = new Strike("freeze", "SIGSTOP ingress-0", 10, 90_000, null, INGRESS);

        var findings = Judge.clients(List.of(asked("", 1, 60_000, Ending.HUNG)), Made.log(Set.of()), List.of(freeze));

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldCountWhatWasUnderWayAtAKill() {
        var calls = List.of(
                Made.call("a", KILLED_AT - 10_000, 2_000), // long over
                Made.call("b", KILLED_AT - 10_000, 9_500), // just over: perhaps not reported
                Made.call("c", KILLED_AT - 10_000, 12_000),
                Made.call("d", KILLED_AT - 10_000, -1),
                Made.call("e", KILLED_AT + 1, 100)); // begun after it

        assertThat(Judge.inFlight(KILL, calls)).isEqualTo(3);
    }

    @Test
    void shouldTellHowLongAKillWasFeltByTheLongestWaitForACall() {
        var asked = List.of(
                asked("req_a", KILLED_AT + 1_000, KILLED_AT + 30_000, Ending.WHOLE),
                asked("req_b", KILLED_AT + 2_000, KILLED_AT + 12_000, Ending.WHOLE),
                asked("req_c", KILLED_AT + 11_000, KILLED_AT + 90_000, Ending.WHOLE));
        var calls = List.of(
                Made.call("req_a:0:0", KILLED_AT + 1_100, 1),
                Made.call("req_b:0:0", KILLED_AT + 9_000, 1),
                Made.call("req_c:0:0", KILLED_AT + 80_000, 1));

        assertThat(Judge.resumed(KILL, asked, calls, Map.of())).isEqualTo(7_000);
    }
}
