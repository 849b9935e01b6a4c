package dev.laneway.accounting.budgets;

import dev.laneway.accounting.AccountingRole;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.clock.SteadyClock;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.control.ConfigInForce;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.money.RedisBudgetStore;
import dev.laneway.runtime.money.Window;
import dev.laneway.runtime.redis.RedisLink;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.topology.TopicAdmin;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Accounting's part in budgets, put together. One context. */
public final class Budgets {
    private final RedisLink link;
    private final Directory directory;
    private final BudgetBooks books;
    private final BudgetKeeper keeper;
    private final LongSupplier clock = SteadyClock.ofProcess();
    private Set<Window> ofConfig = Set.of();

    private Budgets(RedisLink link, Directory directory, BudgetBooks books, BudgetKeeper keeper) {
        this.link = link;
        this.directory = directory;
        this.books = books;
        this.keeper = keeper;
    }

    /**
     * Opens it on the current context; Redis and database need not be there.
     *
     * @param writer whether this accounting has the writer's right
     */
    public static Budgets open(Vertx vertx, RoleContext role, Pool pool, TopicAdmin admin, BooleanSupplier writer) {
        Context context = vertx.getOrCreateContext();
        RedisLink link = RedisLink.open(vertx, role.servers().redisUrl(), "", AccountingRole.NAME, role.meters());
        RedisBudgetStore store = new RedisBudgetStore(context, link);
        Directory directory = role.control().directory();
        Restoration restoration = new Restoration(
                admin::inherited,
                admin::partitions,
                () -> role.control().config().map(ConfigInForce::config));
        BudgetKeeper keeper = new BudgetKeeper(
                vertx,
                store,
                new LedgerSpending(pool),
                restoration,
                () -> Window.of(directory.holders(), SteadyClock.ofProcess().getAsLong()),
                link::epoch,
                writer,
                SteadyClock.ofProcess(),
                role.meters());
        Budgets budgets = new Budgets(link, directory, new BudgetBooks(directory, store), keeper);
        directory.onChange(entity -> context.runOnContext(v -> budgets.changed(entity)));
        role.control().onConfig(context, config -> budgets.configured());
        return budgets;
    }

    /** Books what is new in the ledger. Does not fail. */
    public Future<Void> book(List<Spent> rows) {
        return books.book(rows);
    }

    public Future<Void> close() {
        keeper.close();
        return link.close();
    }

    private void changed(Control entity) {
        switch (entity) {
            case Control.Key key -> keeper.forget(windows(key));
            case Control.Team team -> keeper.forget(windows(Scope.TEAM, team.id(), team.terms()));
            case Control.User user -> keeper.forget(windows(Scope.USER, user.id(), user.terms()));
            case Control.Purse purse -> keeper.forget(windows(purse.scope(), purse.id(), purse.terms()));
            case Control.Template template ->
                keeper.forget(directory.keys().stream()
                        .filter(key -> template.id().equals(key.template()))
                        .flatMap(key -> windows(key).stream())
                        .toList());
            case Control.Silence silence -> {}
            case Control.Config config -> {}
            case Control.MasterKey masterKey -> {}
        }
    }

    /** What a config did not have before may have been spent without being counted. */
    private void configured() {
        Set<Window> now = new HashSet<>(Window.of(directory.holders(), clock.getAsLong()));
        keeper.forget(now.stream().filter(window -> !ofConfig.contains(window)).toList());
        ofConfig = now;
    }

    private List<Window> windows(Control.Key key) {
        return windows(Scope.KEY, key.id(), directory.terms(Scope.KEY, key.id()));
    }

    private List<Window> windows(Scope scope, String holder, Terms terms) {
        return Window.of(List.of(new Holder(scope, holder, terms)), clock.getAsLong());
    }
}
