package dev.laneway.provider.claims;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Money;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;

/**
 * The right to make an attempt's call: at most one call per attempt id. Between {@link #claim}, which tells what became of it before, and
 * {@link #markSent}, which is the only grant, an attempt may wait as long as it likes. To be used on one context.
 */
public interface Claims {
    /** Asks for an attempt. Does not fail; may take as long as a store that is away is waited for. */
    Future<Claim> claim(Taken<Attempt> taken);

    /**
     * The call begins: when the future has succeeded, bytes may leave, and the id is never granted again. Fails with {@link
     * NotGrantedException} where another worker has it by now; it is then to be claimed again. Fails with {@link UnpaidException} where the
     * money for it is not there any more.
     */
    Future<Void> markSent(Taken<Attempt> taken);

    /** What an attempt that was sent has cost, which its acknowledged fact says. */
    void paid(Taken<Attempt> taken, Money cost);

    /** An attempt ended without being sent: its money is free. */
    void unspent(Taken<Attempt> taken);

    /** It was marked sent, and no byte has left or will leave: it is as if it had not been marked. */
    void withdraw(Taken<Attempt> taken);

    /**
     * Whether it is this worker that has to tell of an attempt that it did not send: succeeds, at once or with the next accepted commit, while
     * the attempt's partition is its own, and nobody is granted the call from then on. Fails where that has moved: whoever has it now may be
     * calling. Waits while the broker is away. Is to be followed by telling.
     */
    Future<Void> mayTell(Taken<Attempt> taken);

    /** Whether no other worker can have taken this process for dead; where one can, {@link #stillOurs} is to be asked. */
    boolean sure();

    /** Whether an attempt that was sent here was not given up by another worker meanwhile. Does not fail. */
    Future<Boolean> stillOurs(Taken<Attempt> taken);

    /**
     * What the log holds of an attempt that was sent here, of whose outcome the broker did not say whether it took it. Does not fail; may
     * take as long as the broker is away.
     */
    Future<Remains> remains(Taken<Attempt> taken);

    /** The outcome is acknowledged by the broker. */
    void settled(Taken<Attempt> taken);

    /** Gives an attempt back that was not sent, because it is to be delivered again. */
    void release(Taken<Attempt> taken);

    /** The epoch in which claims are made just now, or {@code none}. */
    String epoch();
}
