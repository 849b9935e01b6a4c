package dev.laneway.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laneway.testkit.grammar.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleJsonTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void shouldReadEveryKindOfRule() throws Exception {
        List<FaultRule> rules = read("""
                        [{"match": {"model": "gpt-*", "path": "*chat*", "id": "*:0:*", "first": 2}, "fault": "429~retry-after=2"},
                         {"fault": {"kind": "429", "retry_after": 2}},
                         {"match": {"probability": 0.5}, "fault": {"kind": "stall", "at": 3, "for": "500ms"}}]
                        """).orThrow();

        Fault tooMany = new Fault.Status(429, new RetryAfter.Seconds(2));
        assertThat(rules)
                .containsExactly(
                        FaultRule.first(
                                2, new CallMatch(new Glob("gpt-*"), new Glob("*chat*"), new Glob("*:0:*")), tooMany),
                        FaultRule.always(CallMatch.ANY, tooMany),
                        new FaultRule(
                                CallMatch.ANY, new Occurrence.Chance(0.5), new Fault.Stall(Point.MID_STREAM, 3, 500)));
    }

    @Test
    void shouldReadBackWhatItWrites() {
        List<FaultRule> rules = List.of(
                new FaultRule(CallMatch.model("x"), new Occurrence.Nth(2), new Fault.Cut(Point.AFTER_HEADERS, 2)),
                new FaultRule(CallMatch.ANY, new Occurrence.Every(5), new Fault.HugeChunk(10)));

        assertThat(RuleJson.read(RuleJson.write(rules)).orThrow()).isEqualTo(rules);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[{}]",
                "[{\"fault\":\"no-such\"}]",
                "[{\"fault\":\"429\",\"match\":{\"modell\":\"x\"}}]",
                "[{\"fault\":\"429\",\"when\":1}]",
                "[{\"fault\":\"429\",\"match\":{\"nth\":1,\"first\":1}}]",
                "[{\"fault\":\"429\",\"match\":{\"nth\":0}}]",
                "[{\"fault\":\"429\",\"match\":{\"probability\":1.5}}]",
                "[{\"fault\":{\"kind\":\"429\",\"at\":1}}]",
            })
    void shouldRefuseWhatWouldHitNothing(String text) throws Exception {
        assertThat(read(text)).isInstanceOf(Parsed.Bad.class);
    }

    private Parsed<List<FaultRule>> read(String text) throws Exception {
        return RuleJson.read(json.readTree(text));
    }
}
