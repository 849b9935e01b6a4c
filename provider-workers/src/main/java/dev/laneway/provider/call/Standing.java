package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.provider.claims.Claims;
import dev.laneway.runtime.kafka.Taken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call that is under way is still this process's to tell of. One that was frozen or cut off for a while may have been taken for
 * dead, and its attempt given up: before anything more is made of the vendor's answer, the claim is asked. One context.
 */
final class Standing {
    /** How long an answer holds; another worker needs longer to take a process for dead. */
    private static final long HOLDS_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Claims claims;
    private final Taken<Attempt> taken;
    private final Runnable hold;
    private final Runnable flow;
    private @Nullable Deque<Runnable> waiting;
    private boolean told;
    private long toldAt;
    private boolean stale;

    /**
     * @param hold stops the vendor's answer meanwhile
     * @param flow lets it go on
     */
    Standing(Claims claims, Taken<Attempt> taken, Runnable hold, Runnable flow) {
        this.claims = claims;
        this.taken = taken;
        this.hold = hold;
        this.flow = flow;
    }

    /** Where it has to be asked, keeps an event until it is known. */
    boolean isAsked(Runnable event) {
        if (waiting != null) {
            waiting.addLast(event);
            return true;
        }
        if (stale || claims.sure() || (told && System.nanoTime() - toldAt < HOLDS_NANOS)) {
            return false;
        }
        Deque<Runnable> events = new ArrayDeque<>();
        events.addLast(event);
        waiting = events;
        hold.run();
        long asked = System.nanoTime();
        claims.stillOurs(taken).onComplete((ours, cause) -> {
            stale = Boolean.FALSE.equals(ours);
            told = true;
            toldAt = asked;
            waiting = null;
            events.forEach(Runnable::run);
            flow.run();
        });
        return true;
    }

    /** Another worker gave the attempt up: what its vendor says is billed, and not shown. */
    boolean isStale() {
        return stale;
    }
}
