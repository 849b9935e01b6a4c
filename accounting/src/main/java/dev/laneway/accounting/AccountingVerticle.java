package dev.laneway.accounting;

import dev.laneway.accounting.alerts.Watch;
import dev.laneway.accounting.budgets.Budgets;
import dev.laneway.accounting.commands.CommandTail;
import dev.laneway.accounting.commands.EntityTables;
import dev.laneway.accounting.control.ConfigPublisher;
import dev.laneway.accounting.control.ControlSink;
import dev.laneway.accounting.control.ControlWriter;
import dev.laneway.accounting.control.FirstConfig;
import dev.laneway.accounting.control.MasterKeyKeeper;
import dev.laneway.accounting.control.MasterKeyTable;
import dev.laneway.accounting.control.PublishedControl;
import dev.laneway.accounting.control.WriterLock;
import dev.laneway.accounting.database.Schema;
import dev.laneway.accounting.idempotency.NameKeeper;
import dev.laneway.accounting.ledger.Ledger;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Principal;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.KeyGenerator;
import dev.laneway.runtime.config.Limits;
import dev.laneway.runtime.config.MasterKeys;
import dev.laneway.runtime.config.Secrets;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.database.Databases;
import dev.laneway.runtime.idempotency.IdempotencyRecords;
import dev.laneway.runtime.idempotency.ProcessIdempotency;
import dev.laneway.runtime.idempotency.RedisIdempotency;
import dev.laneway.runtime.kafka.EventSink;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.role.RunningRole;
import dev.laneway.runtime.topology.TopicAdmin;
import dev.laneway.runtime.topology.TopicPlan;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accounting at work, on one event loop. */
final class AccountingVerticle extends VerticleBase implements RunningRole {
    private static final Logger LOG = LoggerFactory.getLogger(AccountingVerticle.class);
    private static final int CONNECTIONS = 4;
    private static final int ALERT_CONNECTIONS = 2;

    private final AccountingSettings settings;
    private final RoleContext role;
    private final String databaseUrl;
    private final KafkaSettings kafka;
    private @Nullable Parts parts;
    private @Nullable Future<Void> drained;
    private volatile boolean draining;

    private record Parts(
            Pool pool,
            TopicAdmin admin,
            PublishedControl published,
            EventSink sink,
            WriterLock lock,
            ControlWriter writer,
            CommandTail commands,
            NameKeeper names,
            Budgets budgets,
            Watch watch,
            Ledger ledger) {}

    AccountingVerticle(AccountingSettings settings, RoleContext role, String databaseUrl) {
        this.settings = settings;
        this.role = role;
        this.databaseUrl = databaseUrl;
        this.kafka = role.kafka().as(Principal.ACCOUNTING);
    }

    @Override
    public Future<?> start() {
        DatabaseUrl url = DatabaseUrl.parse(databaseUrl);
        if (!url.ignored().isEmpty()) {
            LOG.warn("DATABASE_URL: these parameters mean nothing here: {}", url.ignored());
        }
        TopicAdmin admin = TopicAdmin.open(vertx, kafka, "accounting-admin");
        return admin.ensure(TopicPlan.fixed(role.servers().partitions()))
                .compose(made -> PublishedControl.open(vertx, kafka, "accounting-control"))
                .compose(published -> open(url, admin, published))
                .recover(cause -> close(Duration.ofSeconds(2)).transform(closed -> Future.failedFuture(cause)));
    }

    private Future<Void> open(DatabaseUrl url, TopicAdmin admin, PublishedControl published) {
        Pool pool = Databases.pool(vertx, url, "laneway-accounting", CONNECTIONS);
        Schema schema = new Schema(vertx, url);
        EventSink sink =
                EventSink.open(vertx, kafka, "accounting-control", EventSink.Patience.REQUEST_PATH, role.meters());
        ControlSink control = published.sink(sink);
        WriterLock lock = new WriterLock(vertx, url);
        ConfigPublisher config = new ConfigPublisher(
                published,
                control,
                wanted -> admin.ensure(TopicPlan.of(wanted).all(role.servers().partitions())),
                Clock.systemUTC());
        MasterKeyKeeper masterKey = new MasterKeyKeeper(
                () -> configured(config),
                published,
                control,
                new MasterKeyTable(pool, schema),
                KeyGenerator.secure()::next,
                settings.showMasterKey());
        ControlWriter writer = new ControlWriter(vertx, settings.config(), lock, config, masterKey, role.meters());
        CommandTail commands = CommandTail.open(
                vertx,
                kafka,
                published,
                sink,
                new EntityTables(pool, schema, lock::session),
                lock::writer,
                role.meters());
        NameKeeper names =
                NameKeeper.open(vertx, kafka, nameRecords(), this::answersKept, this::ledgerWaits, role.meters());
        Budgets budgets = Budgets.open(vertx, role, pool, admin, lock::writer);
        Watch watch = Watch.open(
                vertx,
                Databases.pool(vertx, url, "laneway-alerts", ALERT_CONNECTIONS),
                schema,
                role.control(),
                lock::writer,
                () -> new Secrets(role.environment(), role.literals().get()),
                role.meters());
        Consumer<Fact> observer = names::take;
        Ledger ledger = Ledger.open(
                vertx,
                kafka,
                url,
                pool,
                schema,
                observer.andThen(watch::take),
                budgets::book,
                watch::late,
                role.meters());
        parts = new Parts(pool, admin, published, sink, lock, writer, commands, names, budgets, watch, ledger);
        role.meters().gauge(AccountingMetric.DATABASE_DOWN, () -> lock.answering() ? 0 : 1);
        role.meters().gauge(AccountingMetric.CONTROL_WRITER, () -> lock.writer() ? 1 : 0);
        return vertx.executeBlocking(new FirstConfig(settings.config(), published)::choose)
                .compose(wanted -> {
                    wanted.ifPresent(config::want);
                    return writer.start(version(config, published));
                });
    }

    private IdempotencyRecords nameRecords() {
        String redis = role.servers().redisUrl();
        return redis == null
                ? new ProcessIdempotency(System::currentTimeMillis, true)
                : RedisIdempotency.open(vertx, redis);
    }

    private boolean ledgerWaits() {
        Parts now = parts;
        return now != null && now.ledger().notReady() != null;
    }

    private Duration answersKept() {
        return TopicPlan.kept(role.control()
                .config()
                .map(inForce -> inForce.config().limits().requestTimeout())
                .orElse(Limits.DEFAULT_REQUEST_TIMEOUT));
    }

    private static String version(ConfigPublisher wanted, PublishedControl published) {
        return wanted.wanted()
                .map(GatewayConfig::version)
                .or(() -> published.config().map(Control.Config::hash))
                .orElse("");
    }

    private Future<Boolean> configured(ConfigPublisher config) {
        // Before a config was read nothing is known, and no key is made.
        return config.wanted()
                .map(wanted -> vertx.executeBlocking(() -> hasMasterKey(wanted)))
                .orElse(Future.succeededFuture(true));
    }

    /** Looked up, not only named: a variable that isn't set would leave nobody with a key. May block on a file. */
    private boolean hasMasterKey(GatewayConfig config) {
        Secrets secrets = new Secrets(role.environment(), role.literals().get());
        return MasterKeys.fromEnvironment(config.masterKey(), secrets).master().isPresent();
    }

    @Override
    public String name() {
        return AccountingRole.NAME;
    }

    @Override
    public List<String> notReady() {
        Parts now = parts;
        List<String> reasons = new ArrayList<>();
        if (draining) {
            reasons.add("draining");
        }
        String ledger = now == null ? "it starts" : now.ledger().notReady();
        if (ledger != null) {
            reasons.add(ledger);
        } else if (now != null && !now.lock().answering()) {
            reasons.add("the database does not answer: changes of the config may have to wait");
        }
        if (role.control().config().isEmpty()) {
            reasons.add("no config is in force");
        }
        return reasons;
    }

    @Override
    public Future<Void> drain(Duration patience) {
        draining = true;
        return Future.future(drainedOn -> context.runOnContext(v -> {
            Future<Void> before = drained;
            Future<Void> now = before == null ? close(patience) : before;
            drained = now;
            now.onComplete(drainedOn);
        }));
    }

    @Override
    public Future<?> stop() {
        return drain(Duration.ofSeconds(5));
    }

    private Future<Void> close(Duration patience) {
        Parts now = parts;
        if (now == null) {
            return Future.succeededFuture();
        }
        return Future.join(
                        now.commands().close(),
                        now.writer().close(),
                        now.ledger().drain(patience))
                .eventually(now.watch()::close)
                .eventually(() -> Future.join(
                        now.names().close(),
                        now.budgets().close(),
                        now.sink().close(),
                        now.published().close(),
                        now.pool().close()))
                .eventually(() -> vertx.executeBlocking(() -> {
                    now.admin().close();
                    return null;
                }))
                .mapEmpty();
    }
}
