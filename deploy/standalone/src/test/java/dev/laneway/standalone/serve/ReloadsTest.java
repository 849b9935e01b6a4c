package dev.laneway.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReloadsTest {
    private final List<String> told = new ArrayList<>();
    private final Reloads reloads = new Reloads("b", told::add);

    @Test
    void shouldNotTakeTheConfigOfTheLastRunForAReload() {
        reloads.inForce("a");
        reloads.inForce("b");

        assertThat(told).isEmpty();
    }

    @Test
    void shouldTellOfEveryChangeAfterTheStart() {
        List.of("b", "c", "c", "b").forEach(reloads::inForce);

        assertThat(told).containsExactly("c", "b");
    }
}
