package dev.laneway.router.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.runtime.config.ModelInfo;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FitnessTest {
    private static final ModelInfo SMALL = new ModelInfo(100, null, Set.of(), Set.of(), "chat");
    private static final ModelInfo EMBEDDING = new ModelInfo(100, null, Set.of(), Set.of(), "embedding");

    @Test
    void shouldSayThatAPromptIsTooLong() {
        assertThat(Fitness.misfit(asking(Dialect.OPENAI_CHAT, 101), SMALL).kind())
                .isEqualTo(FailureKind.CONTEXT_WINDOW);
    }

    @Test
    void shouldNotAddUpInputsThatEachHaveTheWindowForThemselves() {
        assertThat(Fitness.misfit(asking(Dialect.OPENAI_EMBEDDINGS, 100_000), EMBEDDING))
                .isNull();
    }

    @Test
    void shouldNotHaveAnEmbeddingModelChat() {
        assertThat(Fitness.misfit(asking(Dialect.ANTHROPIC_MESSAGES, 1), EMBEDDING)
                        .kind())
                .isEqualTo(FailureKind.REJECTED);
    }

    private static Request asking(Dialect dialect, long inputTokens) {
        return RequestFixture.request()
                .id("r")
                .owner("owner")
                .route("route")
                .lane("lane")
                .dialect(dialect)
                .inputTokens(inputTokens)
                .reply(new ReplyAddress(Topics.replies(Zone.CLOUD), 0))
                .configVersion("v")
                .build();
    }
}
