package dev.laneway.provider;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Zone;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.provider.call.Bill;
import dev.laneway.provider.call.Desk;
import dev.laneway.provider.call.VendorClient;
import dev.laneway.provider.claims.Claims;
import dev.laneway.provider.claims.InProcessClaims;
import dev.laneway.provider.claims.RecentIds;
import dev.laneway.provider.credentials.AwsKeySource;
import dev.laneway.provider.credentials.Credentials;
import dev.laneway.provider.health.VendorHealth;
import dev.laneway.provider.intake.Admission;
import dev.laneway.provider.intake.Serving;
import dev.laneway.provider.intake.TokenCap;
import dev.laneway.provider.meters.WorkerMeters;
import dev.laneway.provider.rates.Allotments;
import dev.laneway.provider.reply.Outcomes;
import dev.laneway.runtime.body.BodyLostException;
import dev.laneway.runtime.catalogue.Catalogue;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.config.ChainHop;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.DeploymentGroup;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.HopOrigin;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Limits;
import dev.laneway.runtime.config.ModelInfo;
import dev.laneway.runtime.config.OnUnknown;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.config.RouterSettings;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.kafka.Taken;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.rate.ProcessRates;
import dev.laneway.runtime.rate.RateStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;

/** A worker without Kafka, before a scripted vendor. */
final class Rig implements AutoCloseable {
    /** Names are asked of nobody. */
    final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setAddressResolverOptions(new AddressResolverOptions()
                    .setServers(List.of("127.0.0.1:9"))
                    .setQueryTimeout(100)
                    .setMaxQueries(1)));

    final ScriptedVendor vendor;
    final RecordingOutbox outbox = new RecordingOutbox();
    final LineDialect dialect = new LineDialect();
    final Meters meters = Meters.create();
    final Context context = vertx.getOrCreateContext();
    final Map<String, Deployment> deployments = new LinkedHashMap<>();
    final Map<String, Lane> lanes = new LinkedHashMap<>();
    final Map<String, Route> routes = new LinkedHashMap<>();
    final Directory directory = new Directory();
    final Zone zone;
    int maxInFlight = 10;
    String key = "sk-secret";
    Claims claims = new InProcessClaims(1000);
    LongSupplier clock = System::currentTimeMillis;
    boolean sweeps = true;
    Prices prices = Prices.of(Catalogue.EMPTY);
    final RateStore rates = new ProcessRates(() -> clock.getAsLong());
    private Worker worker;

    Rig() throws Exception {
        this(Zone.CLOUD);
    }

    Rig(Zone zone) throws Exception {
        this.zone = zone;
        vendor = new ScriptedVendor(vertx);
        lane("premium", Privacy.CLOUD_ALLOWED);
        lane("private", Privacy.LOCAL_ONLY);
        deployment("d_1");
    }

    Rig lane(String name, Privacy privacy, String... approved) {
        lanes.put(name, new Lane(name, privacy, List.of(approved), 1, OnUnknown.FAIL, false, "", List.of()));
        return this;
    }

    Rig route(String name, String lane, Privacy privacy, Zone routeZone, String... approved) {
        ChainHop hop = new ChainHop("group", List.of(), HopOrigin.CHAIN);
        routes.put(name, new Route(name, lane, List.of(hop), true, privacy, routeZone, "", true, List.of(approved)));
        return this;
    }

    Rig deployment(String id) {
        return deployment(id, Zone.CLOUD, Duration.ofSeconds(20), Duration.ofSeconds(20), null);
    }

    Rig deployment(String id, Zone where, Duration timeout, Duration streamTimeout, Integer cap) {
        return deployment(id, where, timeout, streamTimeout, cap, vendor.url());
    }

    Rig deployment(String id, Zone where, Duration timeout, Duration streamTimeout, Integer cap, String url) {
        deployments.put(
                id,
                new Deployment(
                        id,
                        "group",
                        "acme",
                        "acme",
                        "big-model",
                        URI.create(url),
                        new SecretRef.Env("ACME_KEY"),
                        where,
                        timeout,
                        streamTimeout,
                        1,
                        cap,
                        Map.of(),
                        Map.of(),
                        ModelInfo.NONE,
                        null));
        return this;
    }

    /** The same deployment with another model. */
    Rig vendorModel(String id, String model) {
        Deployment was = deployments.get(id);
        deployments.put(
                id,
                new Deployment(
                        was.id(),
                        was.group(),
                        was.provider(),
                        was.account(),
                        model,
                        was.baseUrl(),
                        was.apiKey(),
                        was.zone(),
                        was.timeout(),
                        was.streamTimeout(),
                        was.weight(),
                        was.maxParallel(),
                        was.extra(),
                        was.extraHeaders(),
                        was.modelInfo(),
                        was.region()));
        return this;
    }

    /** The same deployment on a cloud platform. */
    Rig cloud(String id, CloudAccess access) {
        Deployment was = deployments.get(id);
        deployments.put(
                id,
                new Deployment(
                        was.id(),
                        was.group(),
                        was.provider(),
                        was.account(),
                        was.vendorModel(),
                        was.baseUrl(),
                        null,
                        was.zone(),
                        was.timeout(),
                        was.streamTimeout(),
                        was.weight(),
                        was.maxParallel(),
                        was.extra(),
                        was.extraHeaders(),
                        was.modelInfo(),
                        was.region(),
                        access,
                        was.rules()));
        return this;
    }

    Serving serving() {
        GatewayConfig config = new GatewayConfig(
                "v1",
                deployments,
                Map.of("group", new DeploymentGroup("group", List.copyOf(deployments.keySet()), List.of())),
                lanes,
                routes,
                new RouterSettings(2, Duration.ZERO),
                new Limits(1 << 20, Duration.ofMinutes(10), null),
                false,
                null);
        ProviderRow row = new ProviderRow(
                "acme", Dialect.OPENAI_CHAT, null, ProviderRow.AuthStyle.BEARER, List.of(), List.of(), false, Set.of());
        return Serving.load(
                config,
                any -> true,
                name -> row,
                ref -> Optional.ofNullable(key).map(SecretText::new),
                any -> AwsKeySource.NONE);
    }

    /** Opens for business. */
    Rig open() {
        run(() -> {
            VendorHealth health = new VendorHealth("worker", zone, outbox::health);
            RecentIds cancelled = new RecentIds(1000);
            Desk desk = new Desk(
                    context,
                    clock,
                    1_000,
                    "here",
                    claims,
                    ref -> Future.failedFuture(new BodyLostException("gone")),
                    dialect,
                    new Credentials(vertx, System::currentTimeMillis),
                    new Bill(prices),
                    new Allotments(rates),
                    new VendorClient(vertx, 100, Duration.ofSeconds(1)),
                    outbox,
                    new Outcomes(vertx),
                    health,
                    new WorkerMeters(meters, zone));
            worker = new Worker(
                    desk,
                    new Admission(zone, "here", health, cancelled, new TokenCap(directory)),
                    cancelled,
                    maxInFlight,
                    serving());
            if (sweeps) {
                vertx.setPeriodic(10, id -> worker.sweep());
            }
            return null;
        });
        return this;
    }

    Future<Void> give(Scene scene) {
        return give(scene.taken());
    }

    Future<Void> give(Taken<Attempt> taken) {
        return run(() -> worker.handle(taken));
    }

    void signal(Signal signal) {
        run(() -> {
            worker.signal(signal);
            return null;
        });
    }

    void reload() {
        Serving now = serving();
        run(() -> {
            worker.serve(now);
            return null;
        });
    }

    Worker worker() {
        return worker;
    }

    /** The one failed attempt, when it is there. */
    FailedAttempt failed() {
        until(() -> !outbox.failures().isEmpty());
        return outbox.failures().getFirst().failed();
    }

    FailureKind kind() {
        return failed().failure().kind();
    }

    void acknowledgeAll() {
        run(() -> {
            List<Runnable> now = List.copyOf(outbox.held);
            outbox.held.clear();
            now.forEach(Runnable::run);
            return null;
        });
    }

    <T> T run(Callable<T> what) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(v -> {
            try {
                promise.complete(what.call());
            } catch (Exception e) {
                promise.fail(e);
            }
        });
        try {
            return promise.future().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(10))
                .until(condition);
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        meters.close();
    }
}
