package dev.laneway.accounting.ledger;

/** Notices that usage waits and nothing of it is written, as where no accounting gets its partitions. One thread. */
final class Standstill {
    private long place = -1;
    private long since;

    /**
     * Looks once more.
     *
     * @param now milliseconds of a clock that only goes on
     * @return how many milliseconds ago something was written; 0 where nothing waits
     */
    long look(Reading reading, long now) {
        if (reading.behind() == 0 || reading.place() != place) {
            place = reading.place();
            since = now;
        }
        return now - since;
    }
}
