package dev.laneway.runtime.kafka;

import dev.laneway.runtime.failpoint.Failpoint;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a source says to its group, and what that allows: the commits of its partitions, one at a time, and the right to go on that an accepted
 * one gives. One context.
 */
final class Commits {
    private static final long ASK_AGAIN_MILLIS = 300;
    private static final long COMMIT_AGAIN_MILLIS = 100;

    private final Vertx vertx;
    private final String group;
    private final Consumer member;
    private final @Nullable Marking marking;
    private final Map<TopicPartition, PartitionWork> work;
    private final BiConsumer<TopicPartition, PartitionWork> allowed;
    private final Seldom seldom;
    private final Counter failed;
    private boolean committing;
    private boolean again;
    private boolean closed;
    private Future<Void> commit = Future.succeededFuture();

    /** The member of the group, and the stream that is read of it. */
    record Consumer(GroupConsumer consumer, KafkaReadStream<String, byte[]> stream) {}

    /**
     * @param marking null where commits say only how far all is done
     * @param work by partition, while it is assigned
     * @param allowed called for a partition of which more may be begun with
     * @param failed counts commits that the broker did not accept
     */
    Commits(
            Vertx vertx,
            String group,
            Consumer member,
            @Nullable Marking marking,
            Map<TopicPartition, PartitionWork> work,
            BiConsumer<TopicPartition, PartitionWork> allowed,
            Seldom seldom,
            Counter failed) {
        this.vertx = vertx;
        this.group = group;
        this.member = member;
        this.marking = marking;
        this.work = work;
        this.allowed = allowed;
        this.seldom = seldom;
        this.failed = failed;
    }

    /** Partitions are ours from now on. @return succeeds when it is known what the members before left of them */
    Future<Void> assigned(Map<TopicPartition, PartitionWork> fresh) {
        if (marking == null) {
            fresh.values().forEach(mine -> mine.progress = PartitionProgress.unmarked());
            return Future.succeededFuture();
        }
        return inherit(marking, fresh);
    }

    /** What the members before left decides what each record means: nothing is handed out before it is known. */
    private Future<Void> inherit(Marking by, Map<TopicPartition, PartitionWork> fresh) {
        fresh.values().removeIf(mine -> mine.revoked);
        if (fresh.isEmpty() || closed) {
            return Future.succeededFuture();
        }
        return by.inherited()
                .of(group, fresh.keySet())
                .compose(
                        inherited -> {
                            inherited.forEach((partition, before) -> {
                                PartitionWork mine = fresh.get(partition);
                                if (mine != null && !mine.revoked) {
                                    mine.progress = PartitionProgress.marked(before, epoch());
                                }
                            });
                            soon();
                            return Future.succeededFuture();
                        },
                        cause -> {
                            seldom.warn("could not ask for what was committed before", cause);
                            return vertx.timer(ASK_AGAIN_MILLIS).compose(waited -> inherit(by, fresh));
                        });
    }

    /** Of a partition whose log begins anew. */
    PartitionProgress anew(long offset) {
        return PartitionProgress.anew(offset, epoch(), marking != null);
    }

    /** {@link EventSource#right}. */
    Future<Void> right(TopicPartition partition, long offset, long assignment) {
        PartitionWork mine = work.get(partition);
        boolean same = mine != null && (assignment == 0 || assignment == mine.assignment);
        if (mine == null || !same || mine.progress == null || !owned(partition, mine)) {
            return Future.failedFuture(new NotOursException());
        }
        if (mine.progress.holds(offset, epoch(), System.nanoTime())) {
            return Future.succeededFuture();
        }
        Promise<Void> right = Promise.promise();
        mine.ask(offset, right);
        soon();
        return right.future();
    }

    boolean owned(TopicPartition partition, PartitionWork mine) {
        return mine.ownership != 0 && member.consumer.ownership(partition) == mine.ownership;
    }

    String epoch() {
        return marking == null ? StartMark.NO_EPOCH : marking.epoch().get();
    }

    /** As soon as the commit that is under way is over, and the poll. */
    void soon() {
        if (committing) {
            again = true;
        } else if (!closed) {
            commit();
            if (committing) {
                member.consumer.hurry();
            }
        }
    }

    /** Makes the commit that is due, where none is under way. @return whether there is nothing to wait for */
    boolean make() {
        if (!committing) {
            commit();
        }
        return !committing;
    }

    /** Until all that is done is committed: what isn't would be done again by others. */
    Future<Void> last() {
        return commit.compose(before -> closed ? Future.<Void>succeededFuture() : commit())
                .compose(tried -> closed || !behind()
                        ? Future.succeededFuture()
                        : vertx.timer(COMMIT_AGAIN_MILLIS).compose(waited -> last()));
    }

    /** Nothing more is said. */
    void close() {
        closed = true;
    }

    private boolean behind() {
        return work.entrySet().stream()
                .anyMatch(each -> owned(each.getKey(), each.getValue())
                        && each.getValue().progress != null
                        && each.getValue().progress.behind());
    }

    private Future<Void> commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        Map<PartitionWork, PartitionProgress.Due> dues = new HashMap<>();
        String epoch = epoch();
        String told = marking == null ? StartMark.NO_EPOCH : marking.told().get();
        long nanos = System.nanoTime();
        work.forEach((partition, mine) -> {
            PartitionProgress.Due due =
                    mine.progress == null ? null : mine.progress.due(epoch, told, mine.wanted(), nanos);
            if (due != null && owned(partition, mine)) {
                offsets.put(partition, new OffsetAndMetadata(due.offset(), due.metadata()));
                dues.put(mine, due);
            }
        });
        if (offsets.isEmpty()) {
            return Future.succeededFuture();
        }
        committing = true;
        commit = member.stream
                .commit(offsets)
                .onComplete((committed, cause) -> {
                    committing = false;
                    if (cause == null) {
                        offsets.keySet().forEach(partition -> accepted(partition, dues));
                    } else {
                        failed.increment();
                        seldom.warn("commit failed", cause);
                    }
                    if (again && cause == null) {
                        again = false;
                        soon();
                    }
                })
                .<Void>mapEmpty()
                .otherwiseEmpty();
        return commit;
    }

    private void accepted(TopicPartition partition, Map<PartitionWork, PartitionProgress.Due> dues) {
        PartitionWork mine = work.get(partition);
        PartitionProgress.Due due = mine == null ? null : dues.get(mine); // it may be another one's by now
        if (mine == null || due == null || mine.progress == null || !owned(partition, mine)) {
            return;
        }
        if (mine.progress.accepted(due)) {
            Failpoint.OFFSET_COMMITTED.passed();
        }
        mine.answer(epoch(), System.nanoTime());
        allowed.accept(partition, mine);
        if (mine.isAsked()) {
            again = true;
        }
    }
}
