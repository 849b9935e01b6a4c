package dev.laneway.accounting.ledger;

import dev.laneway.accounting.database.JdbcAccess;
import dev.laneway.accounting.database.Schema;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.kafka.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Empties the ledger's tables of all that {@code lw.usage} still holds, so that accounting projects it anew from the topic's beginning. What
 * is older than that stays, and the roll-ups are reckoned from it first. Not while an accounting runs: its group's offsets are forgotten,
 * which the broker refuses for a group with members, and one that starts meanwhile waits for the tables.
 */
public final class LedgerRebuild {
    private static final int ANSWER_SECONDS = 15;
    private static final int TRIES = 3;
    private static final long AGAIN_MILLIS = 1_000;
    private static final List<String> TABLES = List.of("ledger_entries", "requests", "late_facts");

    /** What a partition of the topic holds: offsets from {@code begin}, before {@code end}. */
    private record Span(long begin, long end) {}

    /**
     * What was done.
     *
     * @param kept rows that are older than the topic's beginning
     * @param facts that accounting will read
     */
    public record Emptied(long kept, long facts) {}

    private LedgerRebuild() {}

    /**
     * Fails with a message of one line where an accounting runs, a server does not answer, there is no such topic, or rows are of another topic than is there.
     *
     * @param forgetSums has what was summed up of the ledger elsewhere forgotten, where each row that comes again would count again; where it
     *     fails, nothing is emptied
     */
    public static Future<Emptied> run(
            Vertx vertx, KafkaSettings kafka, DatabaseUrl url, Supplier<Future<Void>> forgetSums) {
        return run(vertx, kafka, url, forgetSums, TRIES);
    }

    /** Done twice it is as done once, so a server that is slow is asked again: nobody likes to begin anew with a command. */
    private static Future<Emptied> run(
            Vertx vertx, KafkaSettings kafka, DatabaseUrl url, Supplier<Future<Void>> forgetSums, int tries) {
        return new Schema(vertx, url)
                .ensure()
                .compose(there -> vertx.executeBlocking(() -> empty(kafka, url, forgetSums)))
                .recover(cause -> {
                    if (!isAway(cause)) {
                        return Future.failedFuture(cause);
                    }
                    return tries > 1
                            ? vertx.timer(AGAIN_MILLIS).compose(later -> run(vertx, kafka, url, forgetSums, tries - 1))
                            : Future.failedFuture(new IllegalStateException(
                                    "a server does not answer, so try again later: " + cause, cause));
                });
    }

    /** Whether it was a server that did not answer. */
    static boolean isAway(Throwable cause) {
        return switch (cause) {
            case ExecutionException asked -> asked.getCause() != null && isAway(asked.getCause());
            case SQLException failed ->
                failed.getSQLState() != null && failed.getSQLState().startsWith("08");
            case TimeoutException late -> true;
            case org.apache.kafka.common.errors.TimeoutException late -> true;
            default -> false;
        };
    }

    private static Emptied empty(KafkaSettings kafka, DatabaseUrl url, Supplier<Future<Void>> forgetSums)
            throws Exception {
        try (Admin admin = Admin.create(kafka.admin("laneway-rebuild"));
                Connection connection = JdbcAccess.of(url, "laneway-rebuild").getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                if (!LedgerLock.alone(statement)) {
                    throw running(null);
                }
                Map<Integer, Span> log = log(admin);
                requireThat(log, statement);
                long kept = empty(log, connection, statement);
                statement.execute(rollUps());
                statement.execute("delete from laneway.alert_tallies"); // counted again, too
                forgetOffsets(admin);
                forgetSums.get().toCompletionStage().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
                connection.commit();
                return new Emptied(
                        kept,
                        log.values().stream()
                                .mapToLong(span -> span.end - span.begin)
                                .sum());
            }
        }
    }

    private static long empty(Map<Integer, Span> log, Connection connection, Statement statement) throws SQLException {
        statement.execute("truncate laneway.cost_hours, laneway.cost_days");
        if (log.values().stream().allMatch(span -> span.begin == 0)) {
            statement.execute("truncate laneway.ledger_entries, laneway.requests, laneway.late_facts");
            return 0;
        }
        long kept = 0;
        for (String table : TABLES) {
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from laneway." + table + " where usage_partition = ? and usage_offset >= ?")) {
                for (Map.Entry<Integer, Span> each : log.entrySet()) {
                    delete.setInt(1, each.getKey());
                    delete.setLong(2, each.getValue().begin);
                    delete.executeUpdate();
                }
            }
            kept += number(statement, "select count(*) from laneway." + table);
        }
        return kept;
    }

    /** Rows beyond the topic's end are of one that is no more: what they tell could not be read again. */
    private static void requireThat(Map<Integer, Span> log, Statement statement) throws SQLException {
        String ends = log.entrySet().stream()
                .map(each -> "(" + each.getKey() + ", " + each.getValue().end + "::bigint)")
                .collect(Collectors.joining(", "));
        long strange = number(
                statement,
                "select count(*) from laneway.ledger_entries e left join (values " + ends
                        + ") log (part, ends) on log.part = e.usage_partition where log.ends is null or e.usage_offset >= log.ends");
        if (strange > 0) {
            throw new IllegalStateException(strange + " rows of the ledger are beyond the end of " + Topics.USAGE
                    + ": they are of another topic than the one that is there, and could not be made again");
        }
    }

    private static Map<Integer, Span> log(Admin admin) throws Exception {
        List<TopicPartition> partitions = described(admin).values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .map(info -> new TopicPartition(Topics.USAGE, info.partition()))
                .toList();
        Map<TopicPartition, Long> begins = offsets(admin, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
        Map<Integer, Span> log = new TreeMap<>();
        begins.forEach((partition, begin) ->
                log.put(partition.partition(), new Span(begin, ends.getOrDefault(partition, begin))));
        return log;
    }

    private static Map<String, TopicDescription> described(Admin admin) throws Exception {
        try {
            return admin.describeTopics(List.of(Topics.USAGE)).allTopicNames().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw explained(e);
        }
    }

    /** Of a broker that never had a gateway, as where a data directory is misspelt, nobody learns that from Kafka's words. */
    static Exception explained(ExecutionException failed) {
        return failed.getCause() instanceof UnknownTopicOrPartitionException
                ? new IllegalStateException(
                        "there is no topic " + Topics.USAGE + ", so no gateway has recorded usage here: is it the data"
                                + " directory, or the broker, of one that has?",
                        failed)
                : failed;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which)
            throws Exception {
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which)))
                .all()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().offset()));
    }

    private static void forgetOffsets(Admin admin) throws Exception {
        try {
            admin.deleteConsumerGroups(List.of(Ledger.GROUP)).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case GroupIdNotFoundException neverRead -> {}
                case GroupNotEmptyException running -> throw running(running);
                case null, default -> throw e;
            }
        }
    }

    private static IllegalStateException running(@Nullable Throwable cause) {
        return new IllegalStateException("stop every accounting before a rebuild of the ledger", cause);
    }

    private static long number(Statement statement, String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String rollUps() throws IOException {
        try (InputStream in = LedgerRebuild.class.getResourceAsStream("roll-ups.sql")) {
            return new String(Objects.requireNonNull(in, "roll-ups.sql").readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
