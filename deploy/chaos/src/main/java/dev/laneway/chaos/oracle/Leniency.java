package dev.laneway.chaos.oracle;

/**
 * What is allowed because it is documented, under an attack and at no other time.
 *
 * @param lateTerminals a second terminal fact, which is {@code late}: a request whose router was replaced may be planned twice
 * @param factsAgain the same fact of an attempt more than once: a finished attempt that is delivered again publishes its outcome again
 * @param lostCalls a call that failed without a status and that the vendor never saw: the network took it
 */
public record Leniency(boolean lateTerminals, boolean factsAgain, boolean lostCalls) {
    public static final Leniency NONE = new Leniency(false, false, false);
    public static final Leniency UNDER_ATTACK = new Leniency(true, true, true);
}
