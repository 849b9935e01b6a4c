package dev.laneway.testkit.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.models.Behaviour;
import dev.laneway.testkit.models.ModelName;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BegunTest {
    private final Answerer answerer = new Answerer(1, new PromptCache());
    private final String whole = say("sim", new PromptBuilder(100, 1024), Caching.AUTOMATIC);

    @Test
    void shouldGoOnWithATurnOfItsOwn() {
        PromptBuilder prompt = asked();
        prompt.message("assistant");
        prompt.text(whole.substring(0, 20));
        prompt.endsWithBeginning();

        assertThat(answer("sim~repeat=3", prompt.build(Caching.MARKED))).isEqualTo(whole.substring(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Go on exactly where it stops.", "Please continue where it was cut off."})
    void shouldGoOnWithItsLastMessageWhenToldTo(String instruction) {
        PromptBuilder prompt = told(instruction);

        assertThat(answer("sim", prompt.build(Caching.AUTOMATIC))).isEqualTo(whole.substring(20));
    }

    @Test
    void shouldRepeatSomeWordsWhereTheModelDoes() {
        PromptBuilder prompt = told("Go on where it stops.");

        String rest = answer("sim~repeat=1", prompt.build(Caching.AUTOMATIC));

        assertThat(rest).isEqualTo(whole.substring(whole.lastIndexOf(' ', 19)));
    }

    @Test
    void shouldAnswerAnotherQuestionFromTheStart() {
        PromptBuilder prompt = told("And what is that?");

        assertThat(prompt.build(Caching.AUTOMATIC).begun()).isEqualTo(Begun.NOTHING);
    }

    private PromptBuilder told(String instruction) {
        PromptBuilder prompt = asked();
        prompt.message("assistant");
        prompt.text(whole.substring(0, 20));
        prompt.message("user");
        prompt.userText(instruction);
        return prompt;
    }

    private static PromptBuilder asked() {
        PromptBuilder prompt = new PromptBuilder(100, 1024);
        prompt.message("user");
        prompt.userText("hi");
        return prompt;
    }

    private String say(String model, PromptBuilder prompt, Caching caching) {
        prompt.message("user");
        prompt.userText("hi");
        return answer(model, prompt.build(caching));
    }

    private String answer(String model, Prompt prompt) {
        Ask ask = new Ask(
                ModelName.parse(model, Behaviour.PLAIN).orThrow(),
                false,
                prompt,
                Tooling.NONE,
                new OutputShape.Prose(),
                new Ask.Bounds(OptionalInt.empty(), List.of(), 0),
                0,
                1);
        return answerer.answer(ask, 0).choices().getFirst().wholeText();
    }
}
