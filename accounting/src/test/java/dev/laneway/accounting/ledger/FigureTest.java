package dev.laneway.accounting.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FigureTest {
    private static final Set<HostedTool> SURCHARGES = Set.of(HostedTool.MEDIUM_SEARCH, HostedTool.LARGE_SEARCH);

    @ParameterizedTest
    @EnumSource(HostedTool.class)
    void shouldCountEachUseOfAToolOnce(HostedTool tool) {
        Counted attempt = new Counted(true, TokenUsage.of(0, 0).with(UsedExtras.of(Map.of(tool, 7L), null)), 0, false);

        long uses = Arrays.stream(Figure.values())
                .filter(figure -> figure != Figure.ATTEMPTS && figure != Figure.FAILURES)
                .mapToLong(figure -> figure.of(attempt))
                .sum();

        assertThat(uses).isEqualTo(SURCHARGES.contains(tool) ? 0 : 7);
    }

    @Test
    void shouldTellTiersThatHaveAPriceOfTheirOwn() {
        Counted flex = served(ServiceTier.FLEX);
        Counted standard = served(ServiceTier.STANDARD);

        assertThat(Figure.FLEX.of(flex)).isEqualTo(1);
        assertThat(Figure.PRIORITY.of(flex)).isZero();
        assertThat(Figure.FLEX.of(standard) + Figure.PRIORITY.of(standard)).isZero();
    }

    private static Counted served(ServiceTier tier) {
        return new Counted(false, TokenUsage.of(1, 1).with(UsedExtras.of(Map.of(), tier)), 0, false);
    }

    @Test
    void shouldCountEachKindOfTokensAsItself() {
        TokenUsage usage = new TokenUsage(1_000, 200, 300, 40, 5, 60, new UsedExtras(700, 80, 9, 11, Map.of(), null));
        Counted attempt = new Counted(false, usage, 0, true);

        Map<Figure, Long> counted = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            if (figure.of(attempt) != 0) {
                counted.put(figure, figure.of(attempt));
            }
        }

        assertThat(counted)
                .containsOnly(
                        Map.entry(Figure.ATTEMPTS, 1L),
                        Map.entry(Figure.INPUT, usage.input()),
                        Map.entry(Figure.OUTPUT, usage.output()),
                        Map.entry(Figure.CACHED_INPUT, usage.cachedInput()),
                        Map.entry(Figure.CACHE_WRITE, usage.cacheWrite()),
                        Map.entry(Figure.CACHE_WRITE_HOUR, usage.cacheWriteHour()),
                        Map.entry(Figure.REASONING, usage.reasoning()),
                        Map.entry(Figure.AUDIO_INPUT, 700L),
                        Map.entry(Figure.CACHED_AUDIO, 80L),
                        Map.entry(Figure.AUDIO_OUTPUT, 9L),
                        Map.entry(Figure.IMAGE_OUTPUT, 11L),
                        Map.entry(Figure.ESTIMATES, 1L));
    }
}
