package dev.laneway.standalone.ledger;

import dev.laneway.accounting.AccountingRole;
import dev.laneway.accounting.database.Schema;
import dev.laneway.accounting.ledger.Ledger;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Principal;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.database.Databases;
import dev.laneway.runtime.ledger.Cost;
import dev.laneway.runtime.ledger.CostBy;
import dev.laneway.runtime.ledger.LedgerDatabase;
import dev.laneway.runtime.ledger.LedgerFilter;
import dev.laneway.runtime.ledger.Sight;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.role.RoleContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Measures the way from a record of {@code lw.usage} to a committed row of the ledger and its roll-ups: how many a second where many wait,
 * and how soon one is seen by whoever asks for costs while others keep coming. The servers have to be fresh. Blocks.
 */
public final class LedgerBench implements AutoCloseable {
    private static final EventCodec<Fact> CODEC = EventCodec.of(Fact.class);
    private static final int PATIENCE_SECONDS = 120;
    private static final int WARM_SECONDS = 5;
    private static final long LOOK_MILLIS = 10;

    private final RoleContext.Servers servers;
    private final DatabaseUrl url;
    private final PrintWriter out;
    private final Vertx vertx = Vertx.vertx();

    /**
     * What was measured. The ledger, the broker, PostgreSQL and what asks all share the machine's cores.
     *
     * @param facts that waited
     * @param factsPerSecond committed, from the first that was read to the last
     * @param cores of this machine
     * @param pacedPerSecond facts that kept coming while it was looked how soon one is seen
     * @param seenP50Millis from its sending to its cost in an answer
     */
    public record Result(
            int facts,
            double factsPerSecond,
            int cores,
            int pacedPerSecond,
            long samples,
            double seenP50Millis,
            double seenP99Millis,
            double seenMaxMillis) {
        private static final double ASKED_PER_SECOND = 20_000;
        private static final double ASKED_MILLIS = 2_000;

        /** Whether it is as fast as it should be. */
        public boolean kept() {
            return factsPerSecond >= ASKED_PER_SECOND && seenP99Millis <= ASKED_MILLIS;
        }

        public String text() {
            return "ledger: %,.0f facts/s of %,d that waited (asked: %,.0f); with %,d facts/s coming, one is seen after %.0f ms at p50, %.0f ms at p99, %.0f ms at most, of %,d (asked: %.0f ms at p99); %d cores"
                    .formatted(
                            factsPerSecond,
                            facts,
                            ASKED_PER_SECOND,
                            pacedPerSecond,
                            seenP50Millis,
                            seenP99Millis,
                            seenMaxMillis,
                            samples,
                            ASKED_MILLIS,
                            cores);
        }
    }

    public LedgerBench(RoleContext.Servers servers, PrintWriter out) {
        this.servers = servers;
        this.url = DatabaseUrl.parse(Objects.requireNonNull(servers.databaseUrl(), "databaseUrl"));
        this.out = out;
    }

    /**
     * Measures.
     *
     * @param facts that wait
     * @param paced facts a second that keep coming while it is looked how soon one is seen
     * @param seconds for so long
     */
    public Result run(int facts, int paced, int seconds) throws Exception {
        AccountingRole.prepare(vertx, servers).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        LedgerDatabase ledger = LedgerDatabase.open(vertx, url, "laneway-bench");
        try (KafkaProducer<String, byte[]> producer = producer()) {
            say("warming up");
            publish(producer, facts / 4);
            drained(ledger, facts / 4);
            say(facts + " facts are published, and wait");
            publish(producer, facts);
            double perSecond = facts / drained(ledger, facts / 4 + facts);
            say(Math.round(perSecond) + " facts/s; now " + paced + " facts/s keep coming for " + seconds + " s");
            Histogram seen = seen(ledger, producer, paced, seconds);
            return new Result(
                    facts,
                    perSecond,
                    Runtime.getRuntime().availableProcessors(),
                    paced,
                    seen.getTotalCount(),
                    seen.getValueAtPercentile(50) / 1000.0,
                    seen.getValueAtPercentile(99) / 1000.0,
                    seen.getMaxValue() / 1000.0);
        } finally {
            ledger.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Opens a ledger until it has written so many attempts in all. @return seconds from the first fact that it read */
    private double drained(LedgerDatabase ledger, long attempts) throws Exception {
        AtomicLong begun = new AtomicLong();
        Writing writing = open(fact -> begun.compareAndSet(0, System.nanoTime()));
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (attempts(ledger) < attempts) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("the ledger has " + attempts(ledger) + " attempts of " + attempts);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        double taken = (System.nanoTime() - begun.get()) / 1e9;
        writing.close();
        return taken;
    }

    private Histogram seen(LedgerDatabase ledger, KafkaProducer<String, byte[]> producer, int paced, int seconds)
            throws Exception {
        Histogram seen = new Histogram(3);
        AtomicBoolean over = new AtomicBoolean();
        Thread pace = Thread.ofPlatform().start(() -> pace(producer, paced, over));
        Writing writing = open(fact -> {});
        FactMaker maker = new FactMaker(3);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long warm = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_SECONDS);
        for (int i = 0; System.nanoTime() < end; i++) {
            String owner = "probe_" + i;
            long sent = System.nanoTime();
            var _ = producer.send(record(maker.of(owner)));
            LedgerFilter filter = LedgerFilter.of(new Sight.Own(owner));
            while (ledger.costs(CostBy.MODEL, filter)
                    .await(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .isEmpty()) {
                Thread.sleep(LOOK_MILLIS);
            }
            if (sent > warm) {
                seen.recordValue((System.nanoTime() - sent) / 1_000);
            }
        }
        over.set(true);
        pace.join();
        writing.close();
        return seen;
    }

    private static void pace(KafkaProducer<String, byte[]> producer, int paced, AtomicBoolean over) {
        FactMaker maker = new FactMaker(2);
        long begun = System.nanoTime();
        long sent = 0;
        while (!over.get()) {
            long due = (System.nanoTime() - begun) * paced / 1_000_000_000L;
            for (; sent < due; sent++) {
                var _ = producer.send(record(maker.next()));
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private record Writing(Ledger ledger, Pool pool) {
        void close() throws Exception {
            ledger.drain(Duration.ofSeconds(PATIENCE_SECONDS))
                    .eventually(pool::close)
                    .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Writing open(Consumer<Fact> observer) throws Exception {
        Promise<Writing> opened = Promise.promise();
        vertx.runOnContext(v -> {
            Pool pool = Databases.pool(vertx, url, "laneway-bench-accounting", 2);
            opened.complete(new Writing(
                    Ledger.open(
                            vertx,
                            servers.kafka().as(Principal.ACCOUNTING),
                            url,
                            pool,
                            new Schema(vertx, url),
                            observer,
                            spent -> Future.succeededFuture(),
                            late -> {},
                            Meters.create()),
                    pool));
        });
        return opened.future().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** None while there are no tables yet, or a busy machine does not answer in time. */
    private static long attempts(LedgerDatabase ledger) throws Exception {
        return ledger.costs(CostBy.MODEL, LedgerFilter.of(new Sight.All()))
                .map(costs -> costs.values().stream().mapToLong(Cost::attempts).sum())
                .otherwise(0L)
                .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private KafkaProducer<String, byte[]> producer() {
        Map<String, Object> settings =
                new HashMap<>(servers.kafka().as(Principal.worker(Zone.CLOUD)).admin("laneway-bench"));
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private static void publish(KafkaProducer<String, byte[]> producer, int facts) {
        FactMaker maker = new FactMaker(1);
        for (int i = 0; i < facts; i++) {
            var _ = producer.send(record(maker.next()));
        }
        producer.flush();
    }

    private static ProducerRecord<String, byte[]> record(Fact fact) {
        return new ProducerRecord<>(
                Topics.USAGE,
                null,
                fact.requestId(),
                null,
                List.of(new RecordHeader(Event.HEADER, CODEC.encode(fact))));
    }

    private void say(String what) {
        out.println(what);
        out.flush();
    }
}
