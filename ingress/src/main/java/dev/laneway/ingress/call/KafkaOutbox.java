package dev.laneway.ingress.call;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.body.BodyWriter;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.kafka.EventSink;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import dev.laneway.runtime.notices.NoticeOutlet;
import dev.laneway.runtime.notices.UsageOutlet;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;

/**
 * Publishes to Kafka; of a request with an idempotency key, once it is acknowledged, the fact that it was accepted too. Signals that the broker did not take are kept, up to {@value #KEPT} of them, and sent when it is
 * back.
 */
public final class KafkaOutbox implements Outbox {
    private static final int KEPT = 1_000;
    private static final EventCodec<Request> REQUESTS = EventCodec.of(Request.class);
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);
    private static final EventCodec<Signal> SIGNALS = EventCodec.of(Signal.class);

    private final EventSink sink;
    private final BodyWriter bodies;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private final Counter dropped;
    private final NoticeOutlet notices;

    private record Kept(Zone zone, Signal signal) {}

    public KafkaOutbox(Vertx vertx, EventSink sink, Meters meters) {
        this.sink = sink;
        this.bodies = new BodyWriter(vertx, sink);
        this.dropped = meters.counter(IngressMetric.SIGNALS_DROPPED);
        this.notices =
                new UsageOutlet(sink, meters.counter(IngressMetric.NOTICES_DROPPED, MetricTag.REASON, "broker_away"));
    }

    @Override
    public Future<Void> publish(String topic, Request request, byte[] body) {
        return publishRequest(topic, request, body).onSuccess(acknowledged -> {
            if (request.names() != null && request.names().key() != null) {
                Fact.Accepted accepted = new Fact.Accepted(Fact.Subject.of(request));
                sink.sendLater(Topics.USAGE, accepted, FACTS.encode(accepted));
            }
        });
    }

    @Override
    public Future<Void> mark(Fact.Subject subject) {
        Fact.Accepted named = new Fact.Accepted(subject);
        return sink.send(Topics.USAGE, named, FACTS.encode(named), null).mapEmpty();
    }

    private Future<Void> publishRequest(String topic, Request request, byte[] body) {
        if (BodyWriter.tooLarge(body.length)) {
            return bodies.write(request.zone(), request.id(), body).compose(elsewhere -> {
                Request small = request.withBody(elsewhere);
                return sink.sendAnywhere(topic, small, REQUESTS.encode(small), null)
                        .mapEmpty();
            });
        }
        return sink.sendAnywhere(topic, request, REQUESTS.encode(request), body).mapEmpty();
    }

    @Override
    public void signal(Zone zone, Signal signal) {
        if (kept.isEmpty() && sink.available()) {
            send(new Kept(zone, signal));
        } else {
            keep(new Kept(zone, signal));
        }
    }

    @Override
    public void notice(Fact.Noticed noticed) {
        notices.notice(noticed);
    }

    @Override
    public boolean available() {
        return sink.available();
    }

    @Override
    public void flush() {
        if (!kept.isEmpty() && sink.available()) {
            ArrayDeque<Kept> now = new ArrayDeque<>(kept);
            kept.clear();
            now.forEach(this::send);
        }
    }

    @Override
    public Future<Void> close() {
        flush();
        return sink.close();
    }

    private void send(Kept item) {
        sink.send(Topics.signals(item.zone), item.signal, SIGNALS.encode(item.signal), null)
                .onFailure(cause -> keep(item));
    }

    private void keep(Kept item) {
        if (kept.size() >= KEPT) {
            dropped.increment();
            kept.removeFirst();
        }
        kept.addLast(item);
    }
}
