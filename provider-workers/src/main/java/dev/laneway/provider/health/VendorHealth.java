package dev.laneway.provider.health;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Deployment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws conclusions from how calls end, and tells the routers what is new in them. One context. */
public final class VendorHealth {
    private static final Logger LOG = LoggerFactory.getLogger(VendorHealth.class);
    /** Refused credentials may have been mended: after so long a router may probe. */
    private static final long REFUSED_MILLIS = 30_000;

    private static final long MISSING_MILLIS = 90_000;
    private static final long REPEAT_MILLIS = 30_000;

    private final Zone zone;
    private final Consumer<Health> publish;
    private final LoadReports loads;
    private final AccountPauses pauses = new AccountPauses();
    private final Breakers breakers = new Breakers();
    private final Set<String> outOfService = new HashSet<>();
    private final Map<String, Long> toldMissing = new HashMap<>();

    /**
     * Knows nothing yet.
     *
     * @param worker names this one among all
     * @param zone whose work it serves
     * @param publish takes what routers should know; must not wait
     */
    public VendorHealth(String worker, Zone zone, Consumer<Health> publish) {
        this.zone = zone;
        this.publish = publish;
        this.loads = new LoadReports(worker, publish);
    }

    /** What is under way, and how fast it is. */
    public LoadReports loads() {
        return loads;
    }

    /** The vendor answered, be it to say that the request is wrong. */
    public void answered(Deployment deployment, long now) {
        pauses.answered(deployment.account(), now);
        boolean cooled = breakers.answered(deployment.id());
        boolean refused = outOfService.remove(deployment.id());
        if (cooled || refused) {
            LOG.info("deployment {} ({}) serves again", deployment.id(), deployment.group());
            tell(deployment, Health.State.SERVING, 0, null, now);
        }
    }

    /** A call failed. */
    public void failed(Deployment deployment, Failure failure, long now) {
        FailureKind kind = failure.kind();
        if (kind == FailureKind.RATE_LIMITED) {
            if (pauses.limited(deployment.account(), failure.retryAfterMillis(), now)) {
                long left = pauses.remaining(deployment.account(), now);
                LOG.info("account {} said 429: paused for {} ms", deployment.account(), left);
                tell(deployment, Health.State.PAUSED, now + left, kind, now);
            }
        } else if (kind == FailureKind.UNAUTHORIZED) {
            refused(deployment, now);
        } else if (Breakers.counts(kind)) {
            breakers.failed(deployment.id(), kind, deployment.rules().cooldown(), now)
                    .ifPresent(until -> {
                        LOG.warn(
                                "deployment {} ({}) failed several times in a row, last {}: cooling for {} ms",
                                deployment.id(),
                                deployment.group(),
                                kind.id(),
                                until - now);
                        tell(deployment, Health.State.COOLING, until, kind, now);
                    });
        } else if (failure.vendorStatus() > 0) {
            answered(deployment, now);
        }
    }

    /**
     * Its credentials are not there; to be repeated while they are not, because what is told holds for a time only.
     *
     * @param why for the log
     */
    public void keyMissing(Deployment deployment, String why, long now) {
        if (outOfService.add(deployment.id())) {
            LOG.warn(
                    "deployment {} ({}) is out of service: account {}: {}",
                    deployment.id(),
                    deployment.group(),
                    deployment.account(),
                    why);
        }
        if (now - toldMissing.getOrDefault(deployment.id(), 0L) >= REPEAT_MILLIS) {
            toldMissing.put(deployment.id(), now);
            tell(deployment, Health.State.OUT_OF_SERVICE, now + MISSING_MILLIS, FailureKind.UNAUTHORIZED, now);
        }
    }

    /** Its credentials are there; what they are worth, the next call will tell. */
    public void keyFound(Deployment deployment, long now) {
        toldMissing.remove(deployment.id());
        if (outOfService.remove(deployment.id())) {
            LOG.info("deployment {} ({}) has a key again", deployment.id(), deployment.group());
            tell(deployment, Health.State.SERVING, 0, null, now);
        }
    }

    /** Milliseconds for which an account is to be left alone; 0 where it is not paused. */
    public long pauseLeft(String account, long now) {
        return pauses.remaining(account, now);
    }

    /** Accounts that are paused. */
    public long pausedAccounts(long now) {
        return pauses.count(now);
    }

    private void refused(Deployment deployment, long now) {
        if (outOfService.add(deployment.id())) {
            LOG.warn(
                    "deployment {} ({}) is out of service: the vendor refused account {}",
                    deployment.id(),
                    deployment.group(),
                    deployment.account());
        }
        tell(deployment, Health.State.OUT_OF_SERVICE, now + REFUSED_MILLIS, FailureKind.UNAUTHORIZED, now);
    }

    private void tell(Deployment deployment, Health.State state, long until, @Nullable FailureKind reason, long now) {
        publish.accept(new Health(deployment.id(), deployment.account(), state, until, reason, now, zone, null));
    }
}
