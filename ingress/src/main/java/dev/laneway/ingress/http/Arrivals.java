package dev.laneway.ingress.http;

import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of one port from the moment that they are accepted: not too many, and none that says nothing. Vert.x shows a
 * connection only when its first request has come, and its own guard is content with a byte now and then, so this sits where the
 * listener hands its connections over. It gets there with the first request that the port ever sees. Safe on any thread.
 */
@Sharable
public final class Arrivals extends ChannelInboundHandlerAdapter {
    private final int capacity;
    private final Counter refused;
    private final Counter silent;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean watching = new AtomicBoolean();
    /** Those that have not sent a request yet, and since when. */
    private final Map<Channel, Long> strangers = new ConcurrentHashMap<>();

    /** @param capacity connections at once */
    public Arrivals(int capacity, Meters meters) {
        this.capacity = capacity;
        refused = meters.counter(IngressMetric.CONNECTIONS_REFUSED);
        silent = meters.counter(IngressMetric.CONNECTIONS_SILENT);
    }

    /** A connection has sent its first request. */
    void introduced(HttpConnection connection) {
        Channel channel = Wire.channel(connection);
        if (channel == null) {
            return;
        }
        strangers.remove(channel);
        Channel listener = channel.parent();
        if (listener != null && watching.compareAndSet(false, true)) {
            listener.pipeline().addFirst(this);
        }
    }

    /** On the listener's thread, before anything else is done for the connection. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Channel channel) {
            if (open.incrementAndGet() > capacity) {
                open.decrementAndGet();
                refused.increment();
                channel.unsafe().closeForcibly();
                return;
            }
            strangers.put(channel, System.nanoTime());
            channel.closeFuture().addListener(closed -> {
                open.decrementAndGet();
                strangers.remove(channel);
            });
        }
        context.fireChannelRead(message);
    }

    /** Connections that were accepted since it watches, and are open. */
    public int count() {
        return open.get();
    }

    /** Closes those that have been silent for longer than that. */
    public void sweep(long nowNanos, long patienceNanos) {
        strangers.forEach((channel, since) -> {
            if (nowNanos - since > patienceNanos && strangers.remove(channel, since)) {
                silent.increment();
                var _ = channel.close();
            }
        });
    }
}
