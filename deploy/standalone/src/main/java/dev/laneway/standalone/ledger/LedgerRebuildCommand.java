package dev.laneway.standalone.ledger;

import dev.laneway.accounting.ledger.LedgerRebuild;
import dev.laneway.contracts.Principal;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.redis.EpochEnd;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.services.EmbeddedServices;
import dev.laneway.standalone.servers.DataOptions;
import dev.laneway.standalone.servers.ServersFromEnvironment;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ledger rebuild}. */
@Command(
        name = "rebuild",
        description = {
            "Empties the ledger of all that the topic lw.usage still holds; the next accounting (or up) reads it anew, to the same rows.",
            "What is older than the topic's beginning stays. Refuses while an accounting runs: stop them all first, and up too.",
            "Budgets are reckoned anew too: until the ledger is whole again, calls that have one get 503.",
            "Works on the servers that KAFKA_BOOTSTRAP_SERVERS, DATABASE_URL and REDIS_URL name, else on the embedded ones of a data folder,"
                    + " which it starts for as long as it takes."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LedgerRebuildCommand implements Callable<Integer> {
    private static final int PATIENCE_MINUTES = 30;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Override
    public Integer call() throws Exception {
        Environment environment = Environment.system();
        try (EmbeddedServices services = EmbeddedServices.start(data.services(environment))) {
            RoleContext.Servers servers = ServersFromEnvironment.of(environment, services);
            LedgerRebuild.Emptied emptied = rebuild(servers);
            PrintWriter out = spec.commandLine().getOut();
            out.println("the ledger is emptied: the next accounting reads " + emptied.facts() + " records of usage anew"
                    + (emptied.kept() == 0 ? "" : "; " + emptied.kept() + " older rows stay"));
            out.flush();
            return 0;
        }
    }

    private static LedgerRebuild.Emptied rebuild(RoleContext.Servers servers) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            return LedgerRebuild.run(
                            vertx,
                            servers.kafka().as(Principal.ACCOUNTING),
                            DatabaseUrl.parse(Objects.requireNonNull(servers.databaseUrl(), "databaseUrl")),
                            // Redis has the sums of the ledger that was; until that is whole again no budget has room
                            () -> EpochEnd.now(vertx, Objects.requireNonNull(servers.redisUrl(), "redisUrl")))
                    .await(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } finally {
            vertx.close().await(PATIENCE_MINUTES, TimeUnit.MINUTES);
        }
    }
}
