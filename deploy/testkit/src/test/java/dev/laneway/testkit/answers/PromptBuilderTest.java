package dev.laneway.testkit.answers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptBuilderTest {
    private final PromptBuilder prompt = new PromptBuilder(100, 1024);

    private void user(String text) {
        prompt.message("user");
        prompt.userText(text);
    }

    private void toolCallAndResult() {
        prompt.message("assistant");
        prompt.message("tool");
        prompt.toolResult("12:00");
    }

    private Prompt built() {
        return prompt.build(Caching.AUTOMATIC);
    }

    @Test
    void shouldTakeMessagesInARowAsOne() {
        user("call get_time");
        user("There are no other sessions.");

        assertThat(built().lastUserText()).isEqualTo("call get_time\nThere are no other sessions.");
    }

    @Test
    void shouldTakeAMessageAfterAnAnswerByItself() {
        user("call get_time");
        prompt.message("assistant");
        user("say: thanks");

        assertThat(built().lastUserText()).isEqualTo("say: thanks");
    }

    @Test
    void shouldEndWithToolResultsWhereAClientRemarksSomethingBesideThem() {
        user("call get_time");
        toolCallAndResult();
        user("There are no other sessions.");

        assertThat(built().toolResults()).containsExactly("12:00");
        assertThat(built().lastUserText()).isEqualTo("call get_time");
    }

    @Test
    void shouldNotEndWithToolResultsWhereTheUserAsksForMore() {
        user("call get_time");
        toolCallAndResult();
        user("say: thanks");

        assertThat(built().toolResults()).isEmpty();
        assertThat(built().lastUserText()).isEqualTo("say: thanks");
    }
}
