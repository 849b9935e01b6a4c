package dev.laneway.chaos.oracle;

import static dev.laneway.chaos.oracle.Made.call;
import static dev.laneway.chaos.oracle.Made.charged;
import static dev.laneway.chaos.oracle.Made.ended;
import static dev.laneway.chaos.oracle.Made.fact;
import static dev.laneway.chaos.oracle.Made.log;
import static dev.laneway.chaos.oracle.Made.promises;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Outcome;
import dev.laneway.testkit.calls.Call;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RulesTest {
    private static final String FIRST = "req_a:0:0";
    private static final String SECOND = "req_a:0:1";

    private static List<Finding> calls(List<Call> calls, PipelineLog log) {
        return Rules.calls(calls, log, Leniency.UNDER_ATTACK);
    }

    @Test
    void shouldFindNothingWhereAllSayTheSame() {
        PipelineLog log = log(Set.of("req_a"), fact(FIRST, Outcome.SUCCEEDED));

        List<Finding> findings = Rules.calls(List.of(call(FIRST, 1, 1)), log, Leniency.NONE);

        assertThat(findings).isEmpty();
        assertThat(Rules.ends(log, Leniency.NONE)).isEmpty();
    }

    @Test
    void shouldFindAChargeThatIsNotTheVendorsBill() {
        Call bill = call(FIRST, 1, 1);

        assertThat(charges(bill, bill.pricePicos(), "config/1", false)).isEmpty();
        assertThat(charges(bill, bill.pricePicos() + 1, "config/1", false)).containsExactly(Promise.TOKENS);
    }

    @Test
    void shouldNotCompareEstimatesAndPricesThatAreNotTheVendors() {
        Call bill = call(FIRST, 1, 1);

        assertThat(charges(bill, 7, "config/1", true)).isEmpty();
        assertThat(charges(bill, 7, "openai/gpt-4o@2026-08-06", false)).isEmpty();
    }

    private static List<Promise> charges(Call bill, long picos, String price, boolean estimate) {
        Fact fact = charged(FIRST, new Charge(new Money(picos), price, estimate));
        return promises(Rules.charges(List.of(bill), log(Set.of("req_a"), fact)));
    }

    @Test
    void shouldFindASecondCallOfAnAttempt() {
        PipelineLog log = log(Set.of("req_a"), fact(FIRST, Outcome.SUCCEEDED));

        List<Finding> findings = calls(List.of(call(FIRST, 1, 1), call(FIRST, 2, 1)), log);

        assertThat(promises(findings)).containsExactly(Promise.ONE_CALL);
    }

    @Test
    void shouldFindACallThatNoFactReports() {
        assertThat(promises(calls(List.of(call(FIRST, 1, 1)), log(Set.of("req_a")))))
                .containsExactly(Promise.CALLS_REPORTED);
    }

    @Test
    void shouldFindASuccessWithoutACall() {
        PipelineLog log = log(Set.of("req_a"), fact(FIRST, Outcome.SUCCEEDED));

        assertThat(promises(calls(List.of(), log))).containsExactly(Promise.FACTS_TRUE);
    }

    @Test
    void shouldAllowAnUnknownCallThatNeverArrivedUnderAttackOnly() {
        PipelineLog log = log(Set.of("req_a"), fact(FIRST, Outcome.UNKNOWN));

        assertThat(calls(List.of(), log)).isEmpty();
        assertThat(promises(Rules.calls(List.of(), log, Leniency.NONE))).containsExactly(Promise.FACTS_TRUE);
    }

    @Test
    void shouldAllowAnOutcomeToldTwiceUnderAttackOnly() {
        PipelineLog log = log(Set.of("req_a"), fact(FIRST, Outcome.SUCCEEDED), fact(FIRST, Outcome.SUCCEEDED));
        List<Call> calls = List.of(call(FIRST, 1, 1));

        assertThat(calls(calls, log)).isEmpty();
        assertThat(promises(Rules.calls(calls, log, Leniency.NONE))).containsExactly(Promise.FACTS_TRUE);
        assertThat(promises(Rules.ends(log, Leniency.NONE))).containsExactly(Promise.ENDED_ONCE);
    }

    @Test
    void shouldFindTwoStoriesOfOneAttempt() {
        PipelineLog log = log(Set.of("req_a"), fact(FIRST, Outcome.SUCCEEDED), fact(FIRST, Outcome.FAILED));

        assertThat(promises(calls(List.of(call(FIRST, 1, 1)), log))).containsExactly(Promise.FACTS_TRUE);
    }

    @Test
    void shouldFindARequestWithoutAnEnd() {
        assertThat(promises(Rules.ends(log(Set.of("req_a")), Leniency.UNDER_ATTACK)))
                .containsExactly(Promise.ENDED);
    }

    @Test
    void shouldFindAnEndOfNoRequest() {
        assertThat(promises(Rules.ends(log(Set.of(), ended("req_a")), Leniency.UNDER_ATTACK)))
                .containsExactly(Promise.ENDED);
    }

    @Test
    void shouldExplainASecondCallByAnUnknownFirst() {
        PipelineLog log = log(Set.of("req_a"), fact(FIRST, Outcome.UNKNOWN), fact(SECOND, Outcome.SUCCEEDED));

        assertThat(Rules.explained(List.of(call(FIRST, 1, 1), call(SECOND, 2, 1)), log))
                .isEmpty();
    }

    @Test
    void shouldFindASecondCallThatNothingExplains() {
        PipelineLog log = log(Set.of("req_a"), fact(FIRST, Outcome.SUCCEEDED), fact(SECOND, Outcome.SUCCEEDED));

        assertThat(promises(Rules.explained(List.of(call(FIRST, 1, 1), call(SECOND, 2, 1)), log)))
                .containsExactly(Promise.CALLS_EXPLAINED);
    }

    @Test
    void shouldFindWhatTheLedgerLacksAndWhatItInvents() {
        PipelineLog log = log(Set.of("req_a"), fact(FIRST, Outcome.SUCCEEDED));

        List<Finding> findings = Rules.ledger(log, Set.of("req_b:0:0 actual succeeded 1 1"), Set.of("req_a completed"));

        assertThat(findings)
                .extracting(Finding::what)
                .containsExactlyInAnyOrder("entry is missing", "entry is of no fact");
    }

    @Test
    void shouldFindARequestThatTheLedgerEndsByItsSecondFact() {
        PipelineLog log = log(Set.of("req_a"), fact(FIRST, Outcome.SUCCEEDED), ended("req_a"));

        List<Finding> findings =
                Rules.ledger(log, Set.of(Ledger.entry(fact(FIRST, Outcome.SUCCEEDED))), Set.of("req_a unknown"));

        assertThat(findings).extracting(Finding::subject).containsExactlyInAnyOrder("req_a completed", "req_a unknown");
    }

    @Test
    void shouldFindTwoEndsThatSayTheSame() {
        PipelineLog log = log(Set.of("req_a"), ended("req_a"), ended("req_a"));

        assertThat(promises(Rules.ends(log, Leniency.NONE))).containsExactly(Promise.ENDED_ONCE);
    }
}
