package dev.laneway.provider.schedule;

/**
 * An item's place: waiting, then running, then gone.
 *
 * @param <T> what waits
 */
public final class Ticket<T> {
    enum State {
        WAITING,
        RUNNING,
        GONE
    }

    final WaitingLine<T> line;
    private final T item;
    State state = State.WAITING;

    Ticket(WaitingLine<T> line, T item) {
        this.line = line;
        this.item = item;
    }

    public T item() {
        return item;
    }
}
