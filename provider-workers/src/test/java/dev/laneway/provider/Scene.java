package dev.laneway.provider;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.runtime.kafka.Taken;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An attempt to be written down in a few words; each change gives another. */
record Scene(
        Zone zone,
        String lane,
        WorkClass workClass,
        String account,
        String deployment,
        String id,
        int tryNumber,
        boolean stream,
        String body,
        long deadlineIn,
        Zone claimedZone,
        String claimedLane,
        String replyTopic) {
    private static final AtomicLong OFFSET = new AtomicLong();

    static Scene of(String deployment) {
        return new Scene(
                Zone.CLOUD,
                "premium",
                WorkClass.INTERACTIVE,
                "acme",
                deployment,
                RequestIds.next(System.currentTimeMillis()),
                0,
                true,
                "hello",
                60_000,
                Zone.CLOUD,
                "premium",
                Topics.replies(Zone.CLOUD));
    }

    Scene whole() {
        return with(zone, lane, workClass, account, false, body, deadlineIn, claimedZone, claimedLane, replyTopic);
    }

    Scene saying(String text) {
        return with(zone, lane, workClass, account, stream, text, deadlineIn, claimedZone, claimedLane, replyTopic);
    }

    Scene deferred() {
        return with(
                zone,
                lane,
                WorkClass.DEFERRED,
                account,
                stream,
                body,
                deadlineIn,
                claimedZone,
                claimedLane,
                replyTopic);
    }

    Scene dueIn(long millis) {
        return with(zone, lane, workClass, account, stream, body, millis, claimedZone, claimedLane, replyTopic);
    }

    Scene onAccount(String name) {
        return with(zone, lane, workClass, name, stream, body, deadlineIn, claimedZone, claimedLane, replyTopic);
    }

    /** What the router makes of it after a failure. */
    Scene nextTry() {
        return new Scene(
                zone,
                lane,
                workClass,
                account,
                deployment,
                id,
                tryNumber + 1,
                stream,
                body,
                deadlineIn,
                claimedZone,
                claimedLane,
                replyTopic);
    }

    /** In topics of a zone and lane, and saying so. */
    Scene in(Zone where, String name) {
        return with(where, name, workClass, account, stream, body, deadlineIn, where, name, Topics.replies(where));
    }

    /** Saying something else than the topic does. */
    Scene claiming(Zone where, String name) {
        return with(zone, lane, workClass, account, stream, body, deadlineIn, where, name, replyTopic);
    }

    Scene answeredTo(String topic) {
        return with(zone, lane, workClass, account, stream, body, deadlineIn, claimedZone, claimedLane, topic);
    }

    Taken<Attempt> taken() {
        long now = System.currentTimeMillis();
        Request request = RequestFixture.request()
                .id(id)
                .owner("key_1")
                .route("smart")
                .lane(claimedLane)
                .zone(claimedZone)
                .workClass(workClass)
                .stream(stream)
                .acceptedAt(now)
                .deadline(now + deadlineIn)
                .reply(new ReplyAddress(replyTopic, 3))
                .build();
        Plan plan = new Plan(
                "v1",
                List.of(new Hop("group", List.of(deployment))),
                2,
                true,
                0,
                1,
                1,
                1,
                0,
                List.of(),
                null,
                List.of(),
                0);
        Attempt attempt = new Attempt(request, plan, 0, tryNumber, deployment, account, 0, now);
        return new Taken<>(
                attempt,
                Topics.attempts(zone, account, lane, workClass),
                0,
                OFFSET.getAndIncrement(),
                now,
                body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Handed out again: a worker before this one may have begun with it.
     *
     * @param hold what was held for it; null for nothing
     */
    Taken<Attempt> takenAgain(@Nullable Hold hold) {
        Taken<Attempt> first = taken();
        return new Taken<>(
                hold == null ? first.event() : first.event().holding(hold),
                first.topic(),
                first.partition(),
                first.offset(),
                first.timestamp(),
                "e1",
                false,
                first.value());
    }

    private Scene with(
            Zone topicZone,
            String topicLane,
            WorkClass topicClass,
            String topicAccount,
            boolean streamed,
            String text,
            long due,
            Zone saidZone,
            String saidLane,
            String reply) {
        return new Scene(
                topicZone,
                topicLane,
                topicClass,
                topicAccount,
                deployment,
                id,
                tryNumber,
                streamed,
                text,
                due,
                saidZone,
                saidLane,
                reply);
    }
}
