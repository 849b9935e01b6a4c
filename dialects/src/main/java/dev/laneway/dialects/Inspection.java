package dev.laneway.dialects;

/** What the ingress learns of a body. */
public sealed interface Inspection {

    record Accepted(Inspected request) implements Inspection {}

    /** The body breaks the dialect's rules; {@link ClientError#param()} names the path, such as {@code messages[2].role}. */
    record Refused(ClientError error) implements Inspection {}
}
