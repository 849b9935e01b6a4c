package dev.laneway.ingress.keys;

import dev.laneway.ingress.changes.Changes;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.runtime.control.Directory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Everything that is served about keys, teams, users and terms, of one event loop. */
public final class KeyRoutes {
    private final KeyPages keys;
    private final TeamPages teams;

    /** @param clock epoch milliseconds */
    public KeyRoutes(FrontDoor door, Directory directory, Changes changes, LongSupplier clock) {
        KeyBook book = new KeyBook(directory, clock);
        Editor editor = new Editor(door, changes);
        keys = new KeyPages(book, editor);
        teams = new TeamPages(book, editor);
    }

    /** In the order in which addresses are looked up. */
    public List<Served> served() {
        List<Served> all = new ArrayList<>(keys.served());
        all.addAll(teams.served());
        return all;
    }
}
