package dev.laneway.testkit.answers;

/** Why an answer ends. */
public sealed interface Ending {
    /** It is complete. */
    record Done() implements Ending {}

    /** It reached its bound. */
    record Length() implements Ending {}

    /** It came to a text before which it must stop. */
    record Stopped(String at) implements Ending {}

    /** It calls tools. */
    record Called() implements Ending {}

    /** A filter cut it. */
    record Filtered() implements Ending {}

    /** The model declined. */
    record Refused() implements Ending {}
}
