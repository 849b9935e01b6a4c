package dev.laneway.testkit.answers;

import dev.laneway.testkit.faults.Fault;
import java.util.List;
import java.util.function.UnaryOperator;

/** Bends an answer the way a fault says. */
public final class Shaping {
    private Shaping() {}

    public static Answer apply(Fault.Shaping fault, Answer answer) {
        return switch (fault) {
            case Fault.ContentFilter() -> each(answer, Shaping::filtered);
            case Fault.Refusal() -> each(answer, choice -> refused());
            case Fault.NoText() ->
                each(answer, choice -> new Choice(List.of(), List.of(), List.of(), new Ending.Done()));
            case Fault.NoChoices() -> new Answer(List.of(), without(answer.usage()), true);
            case Fault.NoUsage() -> new Answer(answer.choices(), answer.usage(), false);
            case Fault.HugeChunk(int characters) ->
                each(
                        answer,
                        choice -> new Choice(List.of(), List.of("x".repeat(characters)), List.of(), new Ending.Done()));
        };
    }

    private static Answer each(Answer answer, UnaryOperator<Choice> bend) {
        List<Choice> bent = answer.choices().stream().map(bend).toList();
        Usage was = answer.usage();
        int completion = bent.stream().mapToInt(Choice::tokens).sum();
        int reasoning =
                bent.stream().mapToInt(choice -> choice.reasoning().size()).sum();
        return new Answer(
                bent,
                new Usage(
                        was.prompt(),
                        was.cached(),
                        was.cacheWritten(),
                        completion,
                        reasoning,
                        was.beside().used(was.prompt(), completion)),
                answer.usageTold());
    }

    private static Choice filtered(Choice choice) {
        List<String> half = choice.text().subList(0, (choice.text().size() + 1) / 2);
        return new Choice(choice.reasoning(), half, List.of(), new Ending.Filtered());
    }

    private static Choice refused() {
        return new Choice(
                List.of(), Tokens.pieces("I'm sorry, but I can't help with that."), List.of(), new Ending.Refused());
    }

    private static Usage without(Usage usage) {
        return new Usage(usage.prompt(), usage.cached(), usage.cacheWritten(), 0, 0);
    }
}
