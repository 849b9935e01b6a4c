package dev.laneway.provider.call;

import dev.laneway.runtime.config.Deployment;

/**
 * Whether an answer comes fast enough: a whole one within the deployment's time; of a stream, the first token within that time and
 * every next piece within its stream time. Not while it is held up by us. Times are epoch milliseconds.
 */
final class Pace {
    /** What the clock says. */
    enum Verdict {
        FINE,
        LATE,
        STALLED
    }

    private final boolean stream;
    private final long timeout;
    private final long silence;
    private long calledAt;
    private long firstTokenAt;
    private long lastByteAt;
    private boolean heldByBroker;
    private boolean heldByClient;

    Pace(Deployment deployment, boolean stream) {
        this.stream = stream;
        timeout = deployment.timeout().toMillis();
        silence = deployment.streamTimeout().toMillis();
    }

    void called(long now) {
        calledAt = now;
    }

    /** Nothing was sent, and nothing will be. */
    void notCalled() {
        calledAt = 0;
    }

    void moved(long now) {
        lastByteAt = now;
    }

    void token(long now) {
        firstTokenAt = now;
    }

    /** @return false where it was held so already */
    boolean holdForBroker() {
        boolean news = !heldByBroker;
        heldByBroker = true;
        return news;
    }

    /** @return false where it was held so already */
    boolean holdForClient() {
        boolean news = !heldByClient;
        heldByClient = true;
        return news;
    }

    void brokerReady() {
        heldByBroker = false;
    }

    void clientReady() {
        heldByClient = false;
    }

    boolean held() {
        return heldByBroker || heldByClient;
    }

    boolean heldForBroker() {
        return heldByBroker;
    }

    /** Whether there was a call. */
    boolean isCalled() {
        return calledAt > 0;
    }

    boolean hasToken() {
        return firstTokenAt > 0;
    }

    long sinceCall(long now) {
        return now - calledAt;
    }

    /** To be asked from when the call was sent. */
    Verdict verdict(long now) {
        if (held()) {
            return Verdict.FINE;
        }
        boolean silent = stream && now - lastByteAt > silence;
        if (silent) {
            return hasToken() ? Verdict.STALLED : Verdict.LATE;
        }
        boolean late = now - calledAt > timeout && !(stream && hasToken());
        return late ? Verdict.LATE : Verdict.FINE;
    }

    AttemptOutcome.Times times(long endedAt, boolean sent, boolean whole, long seenTokens) {
        return new AttemptOutcome.Times(calledAt, firstTokenAt, endedAt, sent, whole, seenTokens);
    }
}
