package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Money;
import org.jspecify.annotations.Nullable;

/** How a price stands to the usual one of the same tokens: what can't be meant beside it, and what says nothing that silence doesn't say. */
enum PriceWay {
    /** The usual price itself. */
    USUAL {
        @Override
        boolean isNeedless(Money amount, @Nullable Money usual) {
            return false;
        }
    },
    /** Of what a cache had: never dearer, and worth saying even where it is nothing. */
    CACHED {
        @Override
        @Nullable
        String oddity(Money amount, Money usual) {
            return amount.compareTo(usual) > 0 ? "cached tokens cost more than others" : null;
        }

        @Override
        boolean isNeedless(Money amount, @Nullable Money usual) {
            return false;
        }
    },
    /** Of what goes into a cache: dearer, by a little. */
    WRITTEN {
        @Override
        @Nullable
        String oddity(Money amount, Money usual) {
            if (amount.compareTo(usual) < 0) {
                return "what goes into a cache costs less than what doesn't";
            }
            return !usual.isZero() && amount.compareTo(usual.times(MOST_TIMES_WRITTEN)) > 0
                    ? "what goes into a cache costs over four times as much"
                    : null;
        }
    },
    /** Of thoughts: tables that know no price of theirs say nothing, or that of other output. */
    REASONING {
        @Override
        boolean isNeedless(Money amount, @Nullable Money usual) {
            return amount.isZero() || amount.equals(usual);
        }
    },
    /** In a vendor's own batches: never dearer. */
    BATCH {
        @Override
        @Nullable
        String oddity(Money amount, Money usual) {
            return amount.compareTo(usual) > 0 ? "batches cost more than other calls" : null;
        }

        @Override
        boolean isNeedless(Money amount, @Nullable Money usual) {
            return amount.equals(usual);
        }
    },
    /** Of calls that may take their time: never dearer. */
    FLEX {
        @Override
        @Nullable
        String oddity(Money amount, Money usual) {
            return amount.compareTo(usual) > 0 ? "calls that take their time cost more than others" : null;
        }
    },
    /** Of calls that go before others: never cheaper. */
    PRIORITY {
        @Override
        @Nullable
        String oddity(Money amount, Money usual) {
            return amount.compareTo(usual) < 0 ? "calls that go first cost less than others" : null;
        }
    },
    /** Of its own kind: nothing goes beside it. */
    OWN;

    private static final long MOST_TIMES_WRITTEN = 4;

    /**
     * Why it can't be meant, as the end of a sentence about it; null where it may be.
     *
     * @param usual what it goes beside, of prompts as long
     */
    @Nullable
    String oddity(Money amount, Money usual) {
        return null;
    }

    /**
     * Whether an imported table could as well be silent of it.
     *
     * @param usual what it goes beside; null where that is not known, or is of shorter prompts
     */
    boolean isNeedless(Money amount, @Nullable Money usual) {
        return amount.isZero();
    }
}
