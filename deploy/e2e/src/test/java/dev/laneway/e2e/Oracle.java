package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.testkit.VendorSimulator;
import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.calls.Finish;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/**
 * The one oracle of everything end-to-end. Once the gateway is idle: every call that the simulator saw is in exactly one usage fact
 * and in the ledger, with the simulator's tokens; no attempt was called twice; every accepted request has exactly one terminal fact;
 * every record of work and of usage is read and committed, and none is a dead letter.
 */
final class Oracle {
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Gateway gateway;
    private final VendorSimulator simulator;

    /** What the topics say. */
    private record Seen(
            Set<String> accepted, Map<String, List<Fact.Attempted>> attempts, Map<String, List<Fact>> terminals) {}

    Oracle(Gateway gateway, VendorSimulator simulator) {
        this.gateway = gateway;
        this.simulator = simulator;
    }

    /** Waits for the gateway to be idle, then compares. */
    void check() {
        checkCalls();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> everyRequestEnded(read()));
        Awaitility.await().atMost(PATIENCE).untilAsserted(this::nothingIsBehind);
    }

    /** The same, where there must have been something to compare. */
    void checkAll() throws Exception {
        assertThat(simulator.calls()).as("calls that the vendor saw").isNotEmpty();
        assertThat(read().accepted()).as("requests that were accepted").isNotEmpty();
        check();
    }

    /** Only calls, facts and ledger: for tests that forge events, whose requests nobody accepted. */
    void checkCalls() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> compareCalls(read()));
        Awaitility.await().atMost(PATIENCE).untilAsserted(this::ledgerSaysTheSame);
    }

    /** Waits for a request's terminal fact. */
    void awaitTerminal(String requestId) {
        Awaitility.await().atMost(PATIENCE).until(() -> read().terminals().containsKey(requestId));
    }

    private void compareCalls(Seen seen) {
        Map<String, List<Call>> calls = calls();
        calls.forEach((attempt, made) ->
                assertThat(made).as("calls of attempt " + attempt).hasSize(1));
        assertThat(new TreeSet<>(called(seen).keySet()))
                .as("attempts that facts call called")
                .isEqualTo(new TreeSet<>(calls.keySet()));
        called(seen).forEach((attempt, facts) -> {
            assertThat(facts).as("facts of attempt " + attempt).hasSize(1);
            sameTokens(calls.get(attempt).getFirst(), facts.getFirst());
        });
    }

    private void everyRequestEnded(Seen seen) throws Exception {
        assertThat(new TreeSet<>(seen.terminals().keySet()))
                .as("requests with a terminal fact")
                .isEqualTo(new TreeSet<>(seen.accepted()));
        seen.terminals()
                .forEach((request, facts) ->
                        assertThat(facts).as("terminal facts of " + request).hasSize(1));
        assertThat(column("select request_id from laneway.requests"))
                .as("requests in the ledger's projection")
                .isEqualTo(new TreeSet<>(seen.accepted()));
    }

    private static void sameTokens(Call call, Fact.Attempted fact) {
        if (call.finish() == Finish.COMPLETE
                && call.status() == 200
                && call.fault().isEmpty()) {
            assertThat(fact.usage()).as("usage of " + call.attemptId()).isNotNull();
            assertThat(fact.usage().output())
                    .as("output tokens of " + call.attemptId())
                    .isEqualTo(call.usage().completion());
            assertThat(fact.usage().input())
                    .as("input tokens of " + call.attemptId())
                    .isEqualTo(call.usage().prompt());
        }
    }

    private Map<String, List<Call>> calls() {
        List<Call> all = simulator.calls();
        assertThat(all).as("calls").noneMatch(call -> call.attemptId().isEmpty());
        return all.stream().collect(Collectors.groupingBy(Call::attemptId, TreeMap::new, Collectors.toList()));
    }

    private static Map<String, List<Fact.Attempted>> called(Seen seen) {
        Map<String, List<Fact.Attempted>> called = new TreeMap<>();
        seen.attempts().forEach((attempt, facts) -> {
            List<Fact.Attempted> made =
                    facts.stream().filter(Fact.Attempted::called).toList();
            // no connection, no call: the vendor can't have seen it
            if (!made.isEmpty()) {
                called.put(attempt, made);
            }
        });
        return called;
    }

    private Seen read() throws Exception {
        Seen seen = new Seen(new HashSet<>(), new HashMap<>(), new HashMap<>());
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", gateway.kafka(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.listTopics().forEach((topic, infos) -> {
                if (topic.equals(Topics.USAGE) || topic.contains(".requests.")) {
                    infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
                }
            });
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    take(seen, record);
                }
            }
        }
        return seen;
    }

    private static void take(Seen seen, ConsumerRecord<String, byte[]> record) throws Exception {
        if (!record.topic().equals(Topics.USAGE)) {
            seen.accepted().add(record.key());
            return;
        }
        switch (FACTS.decode(record.headers().lastHeader(Event.HEADER).value())) {
            case Fact.Attempted attempted -> {
                seen.attempts()
                        .computeIfAbsent(attempted.attempt(), id -> new ArrayList<>())
                        .add(attempted);
                if (attempted.terminal() != null) {
                    ends(seen, attempted);
                }
            }
            case Fact.Ended ended -> ends(seen, ended);
        }
    }

    private static void ends(Seen seen, Fact fact) {
        seen.terminals()
                .computeIfAbsent(fact.requestId(), id -> new ArrayList<>())
                .add(fact);
    }

    private void nothingIsBehind() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", gateway.kafka()))) {
            Map<TopicPartition, Long> committed = committed(admin);
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            admin.describeTopics(work(admin))
                    .allTopicNames()
                    .get()
                    .forEach((topic, found) -> found.partitions()
                            .forEach(info ->
                                    latest.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest())));
            admin.listOffsets(latest).all().get().forEach((partition, end) -> {
                if (partition.topic().contains(".dead.")) {
                    assertThat(end.offset()).as("dead letters in " + partition).isZero();
                } else if (end.offset() > 0) {
                    assertThat(committed)
                            .as("what is committed of " + partition)
                            .containsEntry(partition, end.offset());
                }
            });
        }
    }

    /** Topics whose records somebody has to work off, one group each; and the dead letters. */
    private static Set<String> work(Admin admin) throws Exception {
        return admin.listTopics().names().get().stream()
                .filter(topic -> topic.equals(Topics.USAGE)
                        || topic.contains(".dead.")
                        || Topics.parse(topic).isPresent())
                .collect(Collectors.toSet());
    }

    private static Map<TopicPartition, Long> committed(Admin admin) throws Exception {
        Map<TopicPartition, Long> committed = new HashMap<>();
        for (var group : admin.listGroups().all().get()) {
            admin.listConsumerGroupOffsets(group.groupId())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> committed.merge(partition, offset.offset(), Math::min));
        }
        return committed;
    }

    private void ledgerSaysTheSame() throws Exception {
        Set<String> expected = new TreeSet<>();
        called(read()).forEach((attempt, facts) -> expected.add(attempt + " " + entry(facts.getFirst())));
        assertThat(column("select concat_ws(' ', attempt_id, kind, outcome, input_tokens, output_tokens)"
                        + " from laneway.ledger_entries where kind <> 'uncalled'"))
                .as("attempts in the ledger, with their tokens")
                .isEqualTo(expected);
    }

    /** What the ledger has to say of an attempt. */
    private static String entry(Fact.Attempted fact) {
        String outcome = fact.outcome().id();
        TokenUsage usage = fact.usage();
        return usage == null ? "estimate " + outcome : "actual " + outcome + " " + usage.input() + " " + usage.output();
    }

    private Set<String> column(String query) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            return PgConnection.connect(
                            vertx, DatabaseUrl.parse(gateway.database()).options())
                    .compose(connection -> connection
                            .query(query)
                            .execute()
                            .map(rows -> {
                                Set<String> values = new TreeSet<>();
                                rows.forEach(row -> values.add(row.getString(0)));
                                return values;
                            })
                            .eventually(connection::close))
                    .await(20, TimeUnit.SECONDS);
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }
}
