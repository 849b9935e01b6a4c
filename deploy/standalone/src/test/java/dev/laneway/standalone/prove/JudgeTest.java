package dev.laneway.standalone.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.standalone.prove.Proof.Try;
import dev.laneway.standalone.prove.Proof.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private final GatewayConfig rehearsed = Configs.rehearsed().config();
    private final Judge judge = new Judge(Configs.original().config(), rehearsed);

    @Test
    void shouldSeeThatPrivateWorkStays() {
        Proof.Judgement judgement = judge.judge("secure", List.of(tried("secure", Scenario.INSIDE_FAILS, "home")));

        assertThat(judgement.verdict()).isEqualTo(Verdict.STAYS_INSIDE);
    }

    @Test
    void shouldSeePrivateWorkLeave() {
        Proof.Judgement judgement =
                judge.judge("secure", List.of(tried("secure", Scenario.INSIDE_FAILS, "home", "claude")));

        assertThat(judgement.verdict()).isEqualTo(Verdict.LEFT);
        assertThat(judgement.because()).contains("req_1").contains("claude-sonnet-4-5");
    }

    @Test
    void shouldSeeWorkLeaveForTheVendorsCloudThroughAServerInside() {
        SeenCall call = SeenCallOf.inside("ollama", "gpt-oss:120b-cloud");

        Proof.Judgement judgement = judge.judge("secure", List.of(triedWith("secure", Scenario.ALL_ANSWER, call)));

        assertThat(judgement.verdict()).isEqualTo(Verdict.LEFT);
    }

    @Test
    void shouldPermitWhatIsApproved() {
        Proof.Judgement judgement =
                judge.judge("everyday", List.of(tried("everyday", Scenario.INSIDE_FAILS, "home", "claude")));

        assertThat(judgement.verdict()).isEqualTo(Verdict.MAY_LEAVE);
        assertThat(judgement.because()).isEqualTo("approved claude");
    }

    @Test
    void shouldSeeWorkLeaveForWhatIsNotApproved() {
        Proof.Judgement judgement =
                judge.judge("everyday", List.of(tried("everyday", Scenario.INSIDE_FAILS, "home", "gpt")));

        assertThat(judgement.verdict()).isEqualTo(Verdict.LEFT);
    }

    @Test
    void shouldSeeWorkLeaveThoughTheInsideAnswers() {
        Proof.Judgement judgement = judge.judge("everyday", List.of(tried("everyday", Scenario.ALL_ANSWER, "claude")));

        assertThat(judgement.verdict()).isEqualTo(Verdict.LEFT);
    }

    @Test
    void shouldSayWhereNothingWasCalled() {
        Proof.Judgement judgement = judge.judge("secure", List.of(tried("secure", Scenario.ALL_ANSWER)));

        assertThat(judgement.verdict()).isEqualTo(Verdict.STAYS_INSIDE);
        assertThat(judgement.because()).contains("no call was made");
    }

    private Try tried(String route, Scenario scenario, String... groups) {
        return triedWith(route, scenario, Arrays.stream(groups).map(this::call).toArray(SeenCall[]::new));
    }

    private static Try triedWith(String route, Scenario scenario, SeenCall... calls) {
        return new Try(scenario, route, false, "req_1", 200, "local", List.of(calls), null);
    }

    private SeenCall call(String group) {
        Deployment called = rehearsed.deployments().values().stream()
                .filter(deployment -> deployment.group().equals(group))
                .findFirst()
                .orElseThrow();
        return called.zone() == Zone.LOCAL
                ? SeenCallOf.inside(called.account(), called.vendorModel())
                : SeenCallOf.outside(called.account(), called.vendorModel());
    }
}
