package dev.laneway.ingress.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each call that failed on our side or the vendors', never with content. A storm writes {@value #LINES_A_SECOND} lines
 * a second and how many more there were. One event loop, one log.
 */
public final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.laneway.ingress.requests");
    private static final int LINES_A_SECOND = 50;
    private static final long SECOND = 1_000_000_000;

    private long windowStart = System.nanoTime();
    private int lines;
    private int unsaid;

    /**
     * Says that a call failed.
     *
     * @param reason a word from a closed set
     */
    public void failed(String requestId, String route, int status, String reason, long millis) {
        long now = System.nanoTime();
        if (now - windowStart > SECOND) {
            if (unsaid > 0) {
                LOG.warn("{} more requests failed", unsaid);
            }
            windowStart = now;
            lines = 0;
            unsaid = 0;
        }
        if (lines++ < LINES_A_SECOND) {
            LOG.warn("{} route={} status={} reason={} after {} ms", requestId, route, status, reason, millis);
        } else {
            unsaid++;
        }
    }
}
