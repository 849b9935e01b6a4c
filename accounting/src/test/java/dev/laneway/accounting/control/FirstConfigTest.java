package dev.laneway.accounting.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laneway.contracts.Control;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.ConfigStart;
import dev.laneway.runtime.config.ConfigWatcher;
import dev.laneway.runtime.config.Problem;
import dev.laneway.runtime.config.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstConfigTest {
    private static final Problem WRONG =
            new Problem(Severity.ERROR, "config.yaml", 3, "routes.x", "names nothing", "name a group");

    private final PublishedControl topic = new PublishedControl();

    private FirstConfig first(ConfigStart start) {
        return new FirstConfig(
                new ConfigFeed() {
                    @Override
                    public ConfigStart start() {
                        return start;
                    }

                    @Override
                    public Runnable watch(String version, ConfigWatcher.Listener listener) {
                        throw new AssertionError("nobody watches yet");
                    }

                    @Override
                    public void keep(ConfigResult.Valid config) {
                        throw new AssertionError("nothing is in force yet");
                    }
                },
                topic);
    }

    private void topicHolds() {
        topic.put(new Control.Config(4, "other", "text", 1));
    }

    @Test
    void shouldTakeTheFile() {
        topicHolds();
        ConfigResult.Valid file = Configs.named("file");
        assertThat(first(new ConfigStart.FromFile(file)).choose()).contains(file);
    }

    @Test
    void shouldLeaveTheTopicsVersionInForceWhenTheFileIsAway() {
        topicHolds();
        assertThat(first(new ConfigStart.FromLastGood(Configs.named("copy"), WRONG))
                        .choose())
                .isEmpty();
    }

    @Test
    void shouldTakeTheLastGoodCopyOverAnEmptyTopic() {
        ConfigResult.Valid copy = Configs.named("copy");
        assertThat(first(new ConfigStart.FromLastGood(copy, WRONG)).choose()).contains(copy);
    }

    @Test
    void shouldLeaveTheTopicsVersionInForceWhenTheFileIsWrong() {
        topicHolds();
        assertThat(first(new ConfigStart.Refused(new ConfigResult.Invalid(List.of(WRONG))))
                        .choose())
                .isEmpty();
    }

    @Test
    void shouldRefuseAWrongFileWithNothingInForce() {
        assertThatThrownBy(() -> first(new ConfigStart.Refused(new ConfigResult.Invalid(List.of(WRONG, WRONG))))
                        .choose())
                .hasMessage("the config is refused: config.yaml:3: routes.x: names nothing: name a group"
                        + " (and 1 more: laneway validate lists them)");
    }
}
