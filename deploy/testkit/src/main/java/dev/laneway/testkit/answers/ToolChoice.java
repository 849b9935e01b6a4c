package dev.laneway.testkit.answers;

/** Whether a tool must, may or must not be called. */
public sealed interface ToolChoice {
    /** As the model sees fit. */
    record Auto() implements ToolChoice {}

    /** None, though tools are declared. */
    record Never() implements ToolChoice {}

    /** At least one. */
    record Some() implements ToolChoice {}

    /** This one. */
    record Named(String name) implements ToolChoice {}
}
