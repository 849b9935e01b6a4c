package dev.laneway.ingress;

import dev.laneway.contracts.Command;
import dev.laneway.contracts.CommandRefusal;
import dev.laneway.contracts.Control;
import dev.laneway.ingress.changes.Changes;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Does what commands ask for at once, by their versions alone, or refuses them as it is told. */
final class FakeAccounting {
    final List<Command> commands = new CopyOnWriteArrayList<>();
    private final Directory directory;
    volatile CommandRefusal.@Nullable Reason refuses;
    /** So many commands are found to meet others. */
    final AtomicInteger conflicts = new AtomicInteger();

    /** So many commands are done before any is refused. */
    final AtomicInteger doesFirst = new AtomicInteger();

    private @Nullable Changes changes;

    FakeAccounting(Directory directory) {
        this.directory = directory;
    }

    Changes changes(Vertx vertx, Meters meters) {
        Changes made = new Changes(vertx, directory, this::take, System::currentTimeMillis, meters);
        changes = made;
        return made;
    }

    private Future<?> take(Command command) {
        commands.add(command);
        CommandRefusal.Reason reason =
                counted(conflicts) ? CommandRefusal.Reason.CONFLICT : counted(doesFirst) ? null : refuses;
        Changes asked = changes;
        if (reason != null && asked != null) {
            asked.refused(new CommandRefusal(command.id(), reason, null));
        } else {
            put(command.entity().by(command.id(), command.seen() + 1));
        }
        return Future.succeededFuture();
    }

    private static boolean counted(AtomicInteger left) {
        return left.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
    }

    void put(Control.Entity entity) {
        switch (entity) {
            case Control.Key key -> directory.put(key);
            case Control.Team team -> directory.put(team);
            case Control.User user -> directory.put(user);
            case Control.Purse purse -> directory.put(purse);
            case Control.Template template -> directory.put(template);
            case Control.Silence silence -> directory.put(silence);
        }
    }
}
