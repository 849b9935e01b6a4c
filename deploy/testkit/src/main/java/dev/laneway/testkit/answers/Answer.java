package dev.laneway.testkit.answers;

import java.util.List;

/**
 * What is answered.
 *
 * @param choices one or, where more were asked for, several; empty only by fault
 * @param usage what it used
 * @param usageTold whether the vendor says so; false only by fault
 */
public record Answer(List<Choice> choices, Usage usage, boolean usageTold) {
    public Answer {
        choices = List.copyOf(choices);
    }
}
