package dev.laneway.ingress;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Zone;
import dev.laneway.ingress.call.Outbox;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A broker that a test plays. Shared by all loops. */
final class FakeOutbox implements Outbox {
    /** A record, and the broker's answer to it, which comes on the loop that published. */
    record Published(String topic, Request request, byte[] body, Context context, Promise<Void> promise) {
        void acknowledge() {
            context.runOnContext(v -> promise.complete());
        }

        void fail(Throwable cause) {
            context.runOnContext(v -> promise.fail(cause));
        }
    }

    final BlockingQueue<Published> published = new LinkedBlockingQueue<>();
    final List<Fact.Subject> marks = new CopyOnWriteArrayList<>();
    final List<Fact.Noticed> notices = new CopyOnWriteArrayList<>();
    final List<Signal> signals = new CopyOnWriteArrayList<>();
    /** Whether records are acknowledged as they come; otherwise the test does it. */
    volatile boolean acknowledges = true;

    volatile boolean available = true;
    /** Whether it fails in a way that nobody foresaw. */
    volatile boolean defective;

    @Override
    public Future<Void> publish(String topic, Request request, byte[] body) {
        Promise<Void> promise = Promise.promise();
        published.add(new Published(topic, request, body, Vertx.currentContext(), promise));
        if (acknowledges) {
            promise.complete();
        }
        return promise.future();
    }

    @Override
    public Future<Void> mark(Fact.Subject subject) {
        marks.add(subject);
        return available ? Future.succeededFuture() : Future.failedFuture("away");
    }

    @Override
    public void signal(Zone zone, Signal signal) {
        signals.add(signal);
    }

    @Override
    public void notice(Fact.Noticed noticed) {
        notices.add(noticed);
    }

    @Override
    public boolean available() {
        if (defective) {
            throw new IllegalStateException("a defect");
        }
        return available;
    }

    @Override
    public void flush() {}

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    /** The next record that was published. */
    Published next() throws InterruptedException {
        Published next = published.poll(5, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was published");
        }
        return next;
    }
}
