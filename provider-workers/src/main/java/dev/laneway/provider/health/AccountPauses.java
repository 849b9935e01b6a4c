package dev.laneway.provider.health;

import java.util.HashMap;
import java.util.Map;

/**
 * Accounts that said 429, and until when they are left alone. Where the vendor does not say how long, from one second on, doubling
 * up to a minute while 429s go on. Times are epoch milliseconds, given by the caller. Not safe across threads.
 */
public final class AccountPauses {
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_UNSAID_MILLIS = 60_000;
    /** A vendor that says more is asked again then all the same. */
    private static final long LONGEST_SAID_MILLIS = 3_600_000;

    private final Map<String, Pause> pauses = new HashMap<>();

    private static final class Pause {
        long until;
        long step = FIRST_MILLIS;
    }

    /**
     * An account said 429.
     *
     * @param retryAfterMillis what it said, 0 where it didn't
     * @return true when the pause is now longer than it was
     */
    public boolean limited(String account, long retryAfterMillis, long now) {
        Pause pause = pauses.computeIfAbsent(account, key -> new Pause());
        long until;
        if (retryAfterMillis > 0) {
            until = now + Math.min(retryAfterMillis, LONGEST_SAID_MILLIS);
        } else if (pause.until > now) {
            return false; // an answer to a call that was under way when the pause began says nothing new
        } else {
            until = now + pause.step;
            pause.step = Math.min(LONGEST_UNSAID_MILLIS, pause.step * 2);
        }
        if (until <= pause.until) {
            return false;
        }
        pause.until = until;
        return true;
    }

    /** An account answered: the next unsaid pause is a short one again. A pause under way is kept. */
    public void answered(String account, long now) {
        Pause pause = pauses.get(account);
        if (pause != null && pause.until <= now) {
            pauses.remove(account);
        }
    }

    /** Milliseconds that are left of a pause; 0 where there is none. */
    public long remaining(String account, long now) {
        if (pauses.isEmpty()) {
            return 0;
        }
        Pause pause = pauses.get(account);
        return pause == null ? 0 : Math.max(0, pause.until - now);
    }

    /** Accounts that are paused. */
    public long count(long now) {
        return pauses.values().stream().filter(pause -> pause.until > now).count();
    }
}
