package dev.laneway.router.handling;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is sent; acknowledges at once, or fails the next sends, or holds acknowledgements back. */
final class RecordingOutbox implements Outbox {
    record Sent(String topic, Object event, byte[] body) {}

    final List<Sent> sent = new CopyOnWriteArrayList<>();
    final List<Promise<Void>> held = new CopyOnWriteArrayList<>();
    volatile int failing;
    volatile boolean holding;

    @Override
    public Future<Void> attempt(String topic, Attempt attempt, byte[] body) {
        return take(new Sent(topic, attempt, body));
    }

    @Override
    public Future<Void> reply(ReplyAddress to, Reply.Failed reply) {
        return take(new Sent(to.topic() + "/" + to.partition(), reply, new byte[0]));
    }

    @Override
    public Future<Void> fact(Fact.Ended fact) {
        return take(new Sent("usage", fact, new byte[0]));
    }

    List<String> topics() {
        return sent.stream().map(Sent::topic).toList();
    }

    <T> T last(Class<T> type) {
        return type.cast(sent.getLast().event());
    }

    private Future<Void> take(Sent one) {
        sent.add(one);
        if (failing > 0) {
            failing--;
            return Future.failedFuture("the broker is away");
        }
        if (!holding) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        held.add(promise);
        return promise.future();
    }
}
