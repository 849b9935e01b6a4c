package dev.laneway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    @Test
    void shouldPutTheZoneFirst() {
        assertThat(Topics.attempts(Zone.LOCAL, "ollama-1a2b", "private", WorkClass.INTERACTIVE))
                .isEqualTo("lw.local.attempts.ollama-1a2b.private.interactive");
    }

    @Test
    void shouldReadBackWhatAnAttemptsTopicSays() {
        String topic = Topics.attempts(Zone.CLOUD, "openai-main", "premium", WorkClass.DEFERRED);

        assertThat(Topics.parse(topic))
                .contains(new Topics.Parsed(Zone.CLOUD, Optional.of("openai-main"), "premium", WorkClass.DEFERRED));
    }

    @Test
    void shouldReadBackWhatARequestsTopicSays() {
        String topic = Topics.requests(Zone.LOCAL, "private", WorkClass.INTERACTIVE);

        assertThat(Topics.parse(topic))
                .contains(new Topics.Parsed(Zone.LOCAL, Optional.empty(), "private", WorkClass.INTERACTIVE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lw.usage",
                "lw.mars.requests.private.interactive",
                "lw.local.requests.private.never",
                "lw.local.requests.a.b.interactive",
                "lw.local.attempts.private.interactive",
                "lw.Local.requests.private.interactive",
                "lw.local.requests.private.INTERACTIVE",
                "lw.local.requests.Private_1.interactive",
                "lw.local.attempts..private.interactive",
                "xx.local.requests.private.interactive",
                ""
            })
    void shouldSayNothingOfOtherTopics(String topic) {
        assertThat(Topics.parse(topic)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "With.Dot", "UPPER", "-first", "two words", "a.b"})
    void shouldRefuseANameThatWouldShiftTheParts(String lane) {
        assertThatIllegalArgumentException().isThrownBy(() -> Topics.requests(Zone.LOCAL, lane, WorkClass.INTERACTIVE));
    }
}
