package dev.laneway.provider.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Plan;
import dev.laneway.dialects.Target;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.provider.DeploymentFixture;
import dev.laneway.runtime.config.Deployment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A vendor is asked for no more than the money that is held is enough for. */
class PaidTokensTest {
    private static Attempt attempt(long maxTokens, long choices, Hold hold) {
        Plan plan = new Plan(
                "v1", List.of(new Hop("group", List.of("d_1"))), 2, true, 0, 1, 1, 1, 0, List.of(), null, List.of(), 0);
        return new Attempt(
                        RequestFixture.request()
                                .maxTokens(maxTokens)
                                .choices(choices)
                                .build(),
                        plan,
                        0,
                        0,
                        "d_1",
                        "acme",
                        0,
                        1)
                .holding(hold);
    }

    private static Deployment deployment(long answers) {
        Map<String, JsonNode> defaults = answers == 0 ? Map.of() : Map.of("n", LongNode.valueOf(answers));
        return DeploymentFixture.deployment(defaults);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 40", "4, 0, 0, 10", "0, 4, 0, 10", "3, 4, 0, 10", "40, 0, 0, 1", "0, 0, 7, 7", "4, 0, 17, 10"
    })
    void shouldShareWhatIsPaidForAmongTheAnswers(long choices, long operators, int cap, int each) {
        Hold hold = new Hold(Money.ofNanos(400), 40, List.of("key/a/b@0-9/9"), false);

        Target.Policy policy = Question.policy(attempt(0, choices, hold), deployment(operators), cap);

        assertThat(policy.maxTokens()).isEqualTo(each);
    }
}
