package dev.laneway.accounting.ledger;

import dev.laneway.accounting.AccountingMetric;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks every few seconds at what the ledger can't say of a batch: how many records of usage all accountings have yet to write, and what
 * is reckoned and not yet reported by a vendor. What can't be found out stays as it was. Belongs to one context; shown to any thread.
 */
final class LedgerWatch {
    private static final long LOOK_MILLIS = 5_000;
    private static final int ANSWER_SECONDS = 10;
    private static final String OPEN =
            "select coalesce(sum(estimates), 0)::bigint, coalesce(sum(estimate_picos), 0)::numeric from laneway.cost_hours"
                    + " where tag = '' and estimates <> 0";

    private final Vertx vertx;
    private final Pool pool;
    private final Admin admin;
    private final LongConsumer late;
    private final Standstill standstill = new Standstill();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final long timer;
    private volatile long behind;
    private volatile long estimates;
    private volatile Money estimated = Money.ZERO;

    /** @param late is told for how many milliseconds nothing was written though there is something */
    LedgerWatch(Vertx vertx, KafkaSettings kafka, Pool pool, LongConsumer late, Meters meters) {
        this.late = late;
        this.vertx = vertx;
        this.pool = pool;
        this.admin = Admin.create(kafka.admin("accounting-usage-watch"));
        timer = vertx.setPeriodic(LOOK_MILLIS, id -> look());
        meters.gauge(AccountingMetric.LAG_RECORDS, () -> behind);
        meters.gauge(AccountingMetric.ESTIMATES_OPEN, () -> estimates);
        meters.gauge(
                AccountingMetric.ESTIMATES_OPEN_DOLLARS,
                () -> estimated.dollars().doubleValue()); // shown, never reckoned with
    }

    Future<Void> close() {
        vertx.cancelTimer(timer);
        return vertx.executeBlocking(() -> {
            admin.close();
            return null;
        });
    }

    private void look() {
        if (looking.compareAndSet(false, true)) {
            Future.join(lookAtLog(), lookAtTables())
                    .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .onComplete((looked, cause) -> looking.set(false));
        }
    }

    private Future<Void> lookAtLog() {
        return of(admin.listConsumerGroupOffsets(Ledger.GROUP).partitionsToOffsetAndMetadata())
                .compose(committed -> of(admin.describeTopics(List.of(Topics.USAGE))
                                .allTopicNames())
                        .map(topics -> topics.values().stream()
                                .flatMap(topic -> topic.partitions().stream())
                                .map(info -> new TopicPartition(Topics.USAGE, info.partition()))
                                .toList())
                        .compose(partitions -> offsets(partitions, OffsetSpec.earliest())
                                .compose(begins -> offsets(partitions, OffsetSpec.latest())
                                        .map(ends -> Reading.of(begins, ends, committed)))))
                .onSuccess(reading -> {
                    behind = reading.behind();
                    late.accept(standstill.look(reading, TimeUnit.NANOSECONDS.toMillis(System.nanoTime())));
                })
                .mapEmpty();
    }

    private Future<Map<TopicPartition, Long>> offsets(List<TopicPartition> partitions, OffsetSpec which) {
        return of(admin.listOffsets(partitions.stream().collect(Collectors.toMap(each -> each, each -> which)))
                        .all())
                .map(found -> found.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> each.getValue().offset())));
    }

    private Future<Void> lookAtTables() {
        return pool.query(OPEN)
                .execute()
                .onSuccess(rows -> {
                    Row row = rows.iterator().next();
                    estimates = row.getLong(0);
                    BigDecimal picos = row.getBigDecimal(1);
                    estimated = new Money(
                            picos.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
                })
                .mapEmpty();
    }

    private <T> Future<T> of(KafkaFuture<T> asked) {
        return Future.fromCompletionStage(asked.toCompletionStage(), vertx.getOrCreateContext());
    }
}
