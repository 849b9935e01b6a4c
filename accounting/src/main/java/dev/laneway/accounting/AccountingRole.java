package dev.laneway.accounting;

import dev.laneway.contracts.Principal;
import dev.laneway.runtime.role.Role;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.role.RunningRole;
import dev.laneway.runtime.topology.TopicAdmin;
import dev.laneway.runtime.topology.TopicPlan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Objects;

/** Accounting: writes the control topic, and projects usage facts into the ledger. Needs {@code DATABASE_URL}. */
public final class AccountingRole implements Role {
    public static final String NAME = "accounting";

    private final AccountingSettings settings;

    public AccountingRole(AccountingSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /**
     * Makes the topics that exist whatever the config says, the control topic among them: to be called by a process that runs
     * accounting before it opens its view of that topic.
     */
    public static Future<Void> prepare(Vertx vertx, RoleContext.Servers servers) {
        TopicAdmin admin = TopicAdmin.open(vertx, servers.kafka().as(Principal.ACCOUNTING), "accounting-prepare");
        return admin.ensure(TopicPlan.fixed(servers.partitions()))
                .eventually(() -> vertx.executeBlocking(() -> {
                    admin.close();
                    return null;
                }));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<RunningRole> start(RoleContext context) {
        String url = context.servers().databaseUrl();
        if (url == null) {
            return Future.failedFuture("accounting needs DATABASE_URL: postgresql://user:password@host:port/name");
        }
        AccountingVerticle verticle = new AccountingVerticle(settings, context, url);
        return context.vertx().deployVerticle(verticle).map(id -> verticle);
    }
}
