package dev.laneway.provider.schedule;

import dev.laneway.contracts.WorkClass;

/** Calls under way against a cap, the worker's or a deployment's. A fifth of it is kept for interactive work. */
final class Slots {
    private int capacity;
    private int interactive;
    private int deferred;

    Slots(int capacity) {
        this.capacity = capacity;
    }

    void capacity(int now) {
        capacity = now;
    }

    boolean free(WorkClass workClass) {
        if (interactive + deferred >= capacity) {
            return false;
        }
        return switch (workClass) {
            case INTERACTIVE -> true;
            case DEFERRED -> deferred < deferredCeiling();
        };
    }

    /** A single slot is anybody's: keeping it for one class would mean that the other never runs. */
    private int deferredCeiling() {
        return capacity == 1 ? 1 : capacity - Math.max(1, capacity / 5);
    }

    void take(WorkClass workClass) {
        switch (workClass) {
            case INTERACTIVE -> interactive++;
            case DEFERRED -> deferred++;
        }
    }

    void giveBack(WorkClass workClass) {
        switch (workClass) {
            case INTERACTIVE -> interactive--;
            case DEFERRED -> deferred--;
        }
    }

    int taken() {
        return interactive + deferred;
    }
}
