package dev.laneway.ingress.limits;

import java.time.Duration;
import java.util.Objects;

/**
 * How long an ingress waits for whom.
 *
 * @param acknowledgement the broker, for a request that fits one event; then 503. A larger one is judged by its pieces
 * @param silence the first token of a stream; then headers go out early, and a comment after each further such time
 * @param slowClient a client whose buffer stays full; then its connection is closed
 * @param slowBody the next bytes of a request body; then 408
 * @param wholeBody all of a request body; then 408
 * @param firstRequest the first bytes of a connection's first request, TLS handshake included; then it is closed
 * @param idleConnection a connection without a request under way; then it is closed
 * @param sweep between two looks at all of these: what is due is done this much late at most
 */
public record Waits(
        Duration acknowledgement,
        Duration silence,
        Duration slowClient,
        Duration slowBody,
        Duration wholeBody,
        Duration firstRequest,
        Duration idleConnection,
        Duration sweep) {
    public static final Waits DEFAULT = new Waits(
            Duration.ofMillis(1_800),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofMillis(100));

    /** With the default patience for what is only ever that slow on purpose. */
    public Waits(
            Duration acknowledgement,
            Duration silence,
            Duration slowClient,
            Duration slowBody,
            Duration idleConnection,
            Duration sweep) {
        this(
                acknowledgement,
                silence,
                slowClient,
                slowBody,
                DEFAULT.wholeBody,
                DEFAULT.firstRequest,
                idleConnection,
                sweep);
    }

    public Waits {
        Objects.requireNonNull(acknowledgement, "acknowledgement");
        Objects.requireNonNull(silence, "silence");
        Objects.requireNonNull(slowClient, "slowClient");
        Objects.requireNonNull(slowBody, "slowBody");
        Objects.requireNonNull(wholeBody, "wholeBody");
        Objects.requireNonNull(firstRequest, "firstRequest");
        Objects.requireNonNull(idleConnection, "idleConnection");
        Objects.requireNonNull(sweep, "sweep");
    }
}
