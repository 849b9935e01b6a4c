package dev.laneway.runtime.trace;

import dev.laneway.contracts.Topics;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.KeyPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/**
 * One search of all topics for one request id. Blocks.
 *
 * <p>It begins a second before the id's own time. The usage topic comes first: the request's terminal fact there bounds the search of
 * the others to a minute after it, so that on a busy broker a finished request costs minutes of the topics, not hours; without one it
 * ends two hours after the id's time. Of topics placed by request id one partition is read; of requests
 * and replies, which are not, all.
 */
final class TopicSearch {
    private static final long BEFORE_MILLIS = 1_000;
    private static final long AFTER_END_MILLIS = 60_000;
    private static final long LONGEST_MILLIS = Duration.ofHours(2).toMillis();
    private static final int ANSWER_SECONDS = 10;
    /** Not keyed by request. */
    private static final Set<String> OTHERS = Set.of(Topics.CONTROL, Topics.HEALTH, "lw.commands");

    private static final Set<String> ANYWHERE = Set.of("requests", "replies");

    private final KafkaSettings kafka;
    private final String requestId;
    private final long from;
    private final long until;
    private final long deadline;
    private boolean allReadable = true;

    TopicSearch(KafkaSettings kafka, String requestId, long acceptedAt, Duration patience) {
        this.kafka = kafka;
        this.requestId = requestId;
        this.from = Math.max(0, acceptedAt - BEFORE_MILLIS);
        this.until = acceptedAt + LONGEST_MILLIS;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /** @throws Exception where the broker does not answer */
    Trace run() throws Exception {
        try (Admin admin = Admin.create(kafka.admin("laneway-trace-admin"))) {
            Set<TopicPartition> places = places(admin);
            Set<TopicPartition> usage = new HashSet<>(places);
            usage.removeIf(place -> !place.topic().equals(Topics.USAGE));
            places.removeAll(usage);
            SpanReader reader = new SpanReader(kafka, requestId, deadline);
            SpanReader.Seen facts = reader.read(spans(admin, usage, until));
            SpanReader.Seen rest = reader.read(spans(admin, places, end(facts.steps())));
            List<TraceStep> steps = new ArrayList<>(facts.steps());
            steps.addAll(rest.steps());
            return new Trace(requestId, steps, allReadable && facts.complete() && rest.complete());
        }
    }

    private long end(List<TraceStep> facts) {
        return facts.stream()
                .filter(TraceStep::terminal)
                .mapToLong(fact -> fact.time() + AFTER_END_MILLIS)
                .max()
                .orElse(until);
    }

    private Set<TopicPartition> places(Admin admin) throws Exception {
        Set<String> names = new HashSet<>(admin.listTopics().names().get(ANSWER_SECONDS, TimeUnit.SECONDS));
        names.removeIf(name -> !name.startsWith("lw.") || OTHERS.contains(name));
        Collection<TopicDescription> topics = admin.describeTopics(
                        names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .allTopicNames()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .values();
        Set<TopicPartition> places = new HashSet<>();
        for (TopicDescription topic : topics) {
            if (!mayRead(topic)) {
                allReadable = false;
                continue;
            }
            int partitions = topic.partitions().size();
            if (anywhere(topic.name())) {
                for (int partition = 0; partition < partitions; partition++) {
                    places.add(new TopicPartition(topic.name(), partition));
                }
            } else {
                places.add(new TopicPartition(topic.name(), KeyPartition.of(requestId, partitions)));
            }
        }
        return places;
    }

    /** A role without the admin's login sees topics that it only writes; what it can't see at all, it can't miss. */
    private static boolean mayRead(TopicDescription topic) {
        Set<AclOperation> operations = topic.authorizedOperations();
        return operations == null || operations.isEmpty() || operations.contains(AclOperation.READ);
    }

    /** Whether a record's partition does not follow from its key. */
    private static boolean anywhere(String topic) {
        String[] parts = topic.split("\\.", -1);
        return parts.length > 2 && ANYWHERE.contains(parts[2]);
    }

    private List<SpanReader.Span> spans(Admin admin, Set<TopicPartition> places, long end) throws Exception {
        ListOffsetsResult first = admin.listOffsets(each(places, OffsetSpec.forTimestamp(from)));
        ListOffsetsResult after = admin.listOffsets(each(places, OffsetSpec.forTimestamp(end)));
        ListOffsetsResult last = admin.listOffsets(each(places, OffsetSpec.latest()));
        List<SpanReader.Span> spans = new ArrayList<>();
        for (TopicPartition place : places) {
            long begin = offset(first, place);
            long bound = offset(after, place);
            long stop = bound >= 0 ? bound : offset(last, place);
            if (begin >= 0 && begin < stop) {
                spans.add(new SpanReader.Span(place, begin, stop));
            }
        }
        return spans;
    }

    /** -1 where no record is that young, or the partition went away meanwhile. */
    private static long offset(ListOffsetsResult offsets, TopicPartition place)
            throws InterruptedException, TimeoutException {
        try {
            return offsets.partitionResult(place)
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .offset();
        } catch (ExecutionException e) {
            return -1;
        }
    }

    private static Map<TopicPartition, OffsetSpec> each(Set<TopicPartition> places, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        places.forEach(place -> specs.put(place, spec));
        return specs;
    }
}
