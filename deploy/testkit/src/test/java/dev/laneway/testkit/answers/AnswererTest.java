package dev.laneway.testkit.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.laneway.testkit.models.Behaviour;
import dev.laneway.testkit.models.ModelName;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AnswererTest {
    private static final Tooling TOOLS = new Tooling(
            List.of(
                    new Tool(
                            "get_weather", JsonNodeFactory.instance.objectNode().put("type", "object")),
                    new Tool("get_time", JsonNodeFactory.instance.objectNode().put("type", "object"))),
            new ToolChoice.Auto(),
            true,
            "");

    private final Answerer answerer = new Answerer(1, new PromptCache());

    @Test
    void shouldSayTheSameToTheSamePrompt() {
        assertThat(text(ask("sim", "hello"))).isEqualTo(text(ask("sim", "hello")));
    }

    @Test
    void shouldSaySomethingElseToAnotherPromptModelOrSeed() {
        String said = text(ask("sim", "hello"));

        assertThat(text(ask("sim", "hello!"))).isNotEqualTo(said);
        assertThat(text(ask("sim2", "hello"))).isNotEqualTo(said);
        assertThat(new Answerer(2, new PromptCache())
                        .answer(ask("sim", "hello"), 0)
                        .choices()
                        .getFirst()
                        .wholeText())
                .isNotEqualTo(said);
    }

    @Test
    void shouldNotLetOptionsChangeTheWords() {
        assertThat(text(ask("sim~gap=20", "hello"))).isEqualTo(text(ask("sim", "hello")));
    }

    @Test
    void shouldBeAsLongAsTheModelsNameSays() {
        assertThat(choice(ask("sim~tokens=100", "hello")).text()).hasSize(100);
    }

    @Test
    void shouldStopAtTheMostTokens() {
        Choice choice = choice(ask("sim", "hello", OptionalInt.of(5), List.of(), Tooling.NONE));

        assertThat(choice.text()).hasSize(5);
        assertThat(choice.ending()).isEqualTo(new Ending.Length());
    }

    @Test
    void shouldSpendTheMostTokensOnReasoningFirst() {
        Choice choice = choice(ask("sim~reasoning=100", "hello", OptionalInt.of(60), List.of(), Tooling.NONE));

        assertThat(choice.reasoning()).hasSize(60);
        assertThat(choice.text()).isEmpty();
        assertThat(choice.ending()).isEqualTo(new Ending.Length());
    }

    @Test
    void shouldSayWhatItIsTold() {
        assertThat(text(ask("sim", "please\nsay: größer als 東京 🚀\nthanks"))).isEqualTo("größer als 東京 🚀");
    }

    @Test
    void shouldEndBeforeAStopText() {
        Choice choice =
                choice(ask("sim", "say: one two STOP three", OptionalInt.empty(), List.of("STOP"), Tooling.NONE));

        assertThat(choice.wholeText()).isEqualTo("one two ");
        assertThat(choice.ending()).isEqualTo(new Ending.Stopped("STOP"));
    }

    @Test
    void shouldCallTheToolsThatTheUserNames() {
        assertThat(called("please call get_time and call get_weather.")).containsExactly("get_time", "get_weather");
        assertThat(called("do not call it")).isEmpty();
        assertThat(called("both in parallel")).containsExactly("get_weather", "get_time");
    }

    @Test
    void shouldCallAToolWithTheArgumentsThatTheUserGives() {
        String message = "call get_time {\"zone\": {\"name\": \"}\"}} and call get_weather {broken";

        Choice choice = choice(ask("sim", message, OptionalInt.empty(), List.of(), TOOLS));

        assertThat(choice.calls()).extracting(ToolCall::name).containsExactly("get_time", "get_weather");
        assertThat(choice.calls().getFirst().arguments()).isEqualTo("{\"zone\":{\"name\":\"}\"}}");
        assertThat(choice.calls().getLast().arguments()).doesNotContain("broken");
    }

    @Test
    void shouldCallOnlyOneToolWhereParallelCallsAreUnwanted() {
        Tooling one = new Tooling(TOOLS.offered(), new ToolChoice.Auto(), false, "");

        assertThat(choice(ask("sim", "parallel", OptionalInt.empty(), List.of(), one))
                        .calls())
                .hasSize(1);
    }

    @Test
    void shouldObeyTheToolChoice() {
        Tooling forced = new Tooling(TOOLS.offered(), new ToolChoice.Named("get_time"), true, "");
        Tooling some = new Tooling(TOOLS.offered(), new ToolChoice.Some(), true, "");
        Tooling never = new Tooling(TOOLS.offered(), new ToolChoice.Never(), true, "");

        assertThat(choice(ask("sim", "hi", OptionalInt.empty(), List.of(), forced))
                        .calls())
                .extracting(ToolCall::name)
                .containsExactly("get_time");
        assertThat(choice(ask("sim", "hi", OptionalInt.empty(), List.of(), some))
                        .calls())
                .hasSize(1);
        assertThat(choice(ask("sim", "call get_time", OptionalInt.empty(), List.of(), never))
                        .calls())
                .isEmpty();
    }

    @Test
    void shouldQuoteToolResults() {
        Prompt prompt = new Prompt("call get_time", List.of("12:00", "13:00"), 10, 0, List.of(), Caching.AUTOMATIC);
        Ask ask = new Ask(
                model("sim"),
                false,
                prompt,
                TOOLS,
                new OutputShape.Prose(),
                new Ask.Bounds(OptionalInt.empty(), List.of(), 0),
                0,
                1);

        assertThat(text(ask)).isEqualTo("The tool said: 12:00 and 13:00");
    }

    @Test
    void shouldReportAPrefixAsCachedTheSecondTime() {
        List<CacheMark> marks = List.of(new CacheMark(11, 1000), new CacheMark(12, 1300));
        Answer first = answerer.answer(ask("sim", marks, Caching.AUTOMATIC), 5);

        Answer second = answerer.answer(ask("sim", marks, Caching.AUTOMATIC), 5);
        Answer stranger = answerer.answer(ask("sim", marks, Caching.AUTOMATIC), 6);

        assertThat(first.usage().cached()).isZero();
        assertThat(second.usage().cached()).as("in steps of 128").isEqualTo(1280);
        assertThat(stranger.usage().cached()).isZero();
    }

    @Test
    void shouldReportWhatIsWrittenToAMarkedCache() {
        Answer first = answerer.answer(ask("sim", List.of(new CacheMark(11, 1000)), Caching.MARKED), 5);

        Answer second = answerer.answer(
                ask("sim", List.of(new CacheMark(11, 1000), new CacheMark(12, 1300)), Caching.MARKED), 5);

        assertThat(first.usage().cacheWritten()).isEqualTo(1000);
        assertThat(second.usage().cached()).isEqualTo(1000);
        assertThat(second.usage().cacheWritten()).isEqualTo(300);
    }

    private List<String> called(String text) {
        return choice(ask("sim", text, OptionalInt.empty(), List.of(), TOOLS)).calls().stream()
                .map(ToolCall::name)
                .toList();
    }

    private Choice choice(Ask ask) {
        return answerer.answer(ask, 0).choices().getFirst();
    }

    private String text(Ask ask) {
        return choice(ask).wholeText();
    }

    private static Ask ask(String model, String text) {
        return ask(model, text, OptionalInt.empty(), List.of(), Tooling.NONE);
    }

    private static Ask ask(String model, List<CacheMark> marks, Caching caching) {
        return new Ask(
                model(model),
                false,
                new Prompt("hi", List.of(), 1500, 0, marks, caching),
                Tooling.NONE,
                new OutputShape.Prose(),
                new Ask.Bounds(OptionalInt.empty(), List.of(), 0),
                0,
                1);
    }

    private static Ask ask(String model, String text, OptionalInt most, List<String> stops, Tooling tooling) {
        ModelName name = model(model);
        return new Ask(
                name,
                false,
                new Prompt(text, List.of(), 10, 0, List.of(), Caching.AUTOMATIC),
                tooling,
                new OutputShape.Prose(),
                new Ask.Bounds(most, stops, 0),
                name.behaviour().reasoning(),
                1);
    }

    private static ModelName model(String name) {
        return ModelName.parse(name, Behaviour.PLAIN).orThrow();
    }
}
