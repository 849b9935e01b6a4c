package dev.laneway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChargePartTest {
    @ParameterizedTest
    @EnumSource(HostedTool.class)
    void shouldHaveAPartForEachToolThatIsCalledAsItIs(HostedTool tool) {
        ChargePart part = ChargePart.of(tool);

        assertThat(part.id()).isEqualTo(tool.id());
    }
}
