package dev.laneway.ingress.keys;

import dev.laneway.ingress.auth.Admission;
import dev.laneway.ingress.auth.Authenticator;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.changes.Changes;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.runtime.audit.AuditLog;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.ledger.Spends;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that is served about keys, teams, users, terms and silences, of one event loop. */
public final class KeyRoutes {
    private final List<Served> served = new ArrayList<>();

    /**
     * Of one event loop.
     *
     * @param spends null where nobody can be asked what holders have spent
     * @param authenticator knows which secrets open everything: no key is given one of them
     * @param clock epoch milliseconds
     */
    public KeyRoutes(
            FrontDoor door,
            Directory directory,
            Changes changes,
            AuditLog audit,
            @Nullable Spends spends,
            Authenticator authenticator,
            Supplier<@Nullable GatewayConfig> config,
            Prices prices,
            LongSupplier clock) {
        KeyBook book = new KeyBook(directory, new Spending(spends), secret -> isMasters(authenticator, secret), clock);
        Editor editor = new Editor(door, changes);
        KeyPages keys = new KeyPages(book, editor);
        served.addAll(keys.served());
        Members members = new Members(book);
        Teams teams = new Teams(book, members);
        Users users = new Users(book);
        served.addAll(new TeamPages(book, editor, teams, members, users).served());
        served.addAll(new UserPages(book, editor, keys, users, teams).served());
        served.addAll(new BudgetPages(book, editor).served());
        served.addAll(new ModelInfoPages(door, config, prices).served());
        Resources resources = new Resources(editor, book.spending);
        served.addAll(new KeyResource(book, resources).served());
        served.addAll(new KindResource<>(teams, resources).served());
        served.addAll(new KindResource<>(users, resources).served());
        served.addAll(new TermsResource(book, resources).served());
        served.addAll(new SilencePages(book, resources).served());
        served.addAll(new AuditPages(door, editor, audit).served());
    }

    private static boolean isMasters(Authenticator authenticator, String secret) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("x-api-key", secret);
        return authenticator.admit(headers) instanceof Admission.Admitted(Caller caller)
                && caller.owner().equals(Caller.MASTER.owner());
    }

    /** In the order in which addresses are looked up. */
    public List<Served> served() {
        return List.copyOf(served);
    }
}
