package dev.laneway.provider.claims;

import dev.laneway.contracts.Hold;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The memory of claims that all workers share, and that may forget. Each method fails where the memory is away. One contract suite is run
 * by every implementation. To be used on one context.
 */
public interface ClaimStore {
    /**
     * Which attempt; its claim is kept until a while after the deadline.
     *
     * @param deadline epoch milliseconds
     * @param hold the money that is held for it; null where no budget applies
     * @param plan as its money was asked for, see {@link dev.laneway.runtime.money.Ask#plan}
     */
    record Key(String attempt, long deadline, @Nullable Hold hold, String plan) {
        /** One for which no money is held. */
        public Key(String attempt, long deadline) {
            this(attempt, deadline, null, "");
        }
    }

    /**
     * What is remembered of an attempt.
     *
     * @param holder the incarnation that sent it, returns it or gave it up; empty once it is settled
     * @param at when, epoch milliseconds
     */
    record Entry(State state, String holder, long at) {}

    /** How far an attempt is. */
    enum State {
        /** Its holder has, or may have, sent it. */
        SENT,
        /** Its holder is about to tell that it was not sent, and does not send it. */
        RETURNING,
        /** Its outcome is acknowledged by the broker. */
        SETTLED,
        /** Its holder died, and another incarnation, which is the holder now, says that nobody knows the outcome. */
        UNKNOWN
    }

    /** An answer to {@link #begin}. */
    enum Begun {
        /** It is yours, and marked sent: bytes may leave. */
        GRANTED,
        /** Another one has it, or had. */
        TAKEN,
        /** The memory is not of that epoch. */
        OTHER_EPOCH,
        /** It is not claimed: its money is held no longer, and a budget has no room for it by now. */
        OVER_BUDGET,
        /** It is not claimed: its money is held no longer, and nobody can tell what is left of a budget. */
        BUDGETS_AWAY
    }

    /**
     * An answer to {@link #look}.
     *
     * @param epoch of the memory
     * @param entry null where nothing is remembered
     * @param holderLives whether the entry's holder was heard lately
     */
    record Seen(String epoch, @Nullable Entry entry, boolean holderLives) {}

    /** The epoch in force, or {@code none} while the memory is away. */
    String epoch();

    /** Claims an attempt and marks it and its money sent, in one step: once in an epoch, for one incarnation. */
    Future<Begun> begin(Key key, String epoch, long now);

    /** The outcome is acknowledged by the broker. Says nothing where another incarnation gave the attempt up. */
    Future<Void> settled(Key key);

    /** This incarnation marked it sent and did not send it: it is forgotten again. */
    Future<Void> withdraw(Key key);

    /**
     * This incarnation has not sent it, or withdraws it, and is about to tell so: from now on it is granted to nobody, itself included, and its
     * money is held until its deadline. Says nothing where this incarnation gave it up.
     *
     * @return false, and nothing is done, where another incarnation has it, or its outcome is out
     */
    Future<Boolean> returning(Key key, long now);

    /**
     * A dead holder has not sent it: it may be granted.
     *
     * @param expected what {@link #look} told; where it is no longer so, nothing is done
     * @return whether it was still so
     */
    Future<Boolean> forget(Key key, Entry expected);

    /** What an attempt that was sent has cost, billionths of a dollar: no more than that is held from now on, until accounting books it. */
    Future<Void> paid(Key key, long nanos, long now);

    /** An attempt was not sent, and will not be: its money is free. Says nothing where it was sent. */
    Future<Void> unspent(Key key);

    Future<Seen> look(Key key);

    /**
     * Says that nobody knows the outcome: from then on the former holder is a stale one.
     *
     * @param expected what {@link #look} told; where it is no longer so, nothing is done
     * @return whether it was still so
     */
    Future<Boolean> giveUp(Key key, @Nullable Entry expected, long now);

    /** Remembers in a new epoch that this incarnation has sent an attempt. */
    Future<Void> rewrite(Key key, long sentAt);

    /** This incarnation. */
    String incarnation();

    /** Whether no other worker can take this incarnation for dead just now. */
    boolean heard();
}
