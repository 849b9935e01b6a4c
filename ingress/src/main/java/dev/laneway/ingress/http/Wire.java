package dev.laneway.ingress.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import org.jspecify.annotations.Nullable;

/** What Vert.x's connections don't offer and their channels do; the one place that reaches below its API. */
final class Wire {
    private Wire() {}

    /**
     * Closes at once, whatever the client has not read. {@link HttpConnection#close()} waits until all of that is written, which for a
     * client that does not read is never.
     */
    static void cut(HttpConnection connection) {
        ChannelHandlerContext context = context(connection);
        if (context == null) {
            connection.close();
        } else {
            var _ = context.close();
        }
    }

    /** Sends what was written: Vert.x keeps it until all that was read is dealt with, and may close the connection before that. */
    static void flush(HttpConnection connection) {
        ChannelHandlerContext context = context(connection);
        if (context != null) {
            context.flush();
        }
    }

    /** Takes away the guard against idle connections, which does not know that a request is under way. */
    static void removeIdleGuard(HttpConnection connection) {
        ChannelHandlerContext context = context(connection);
        if (context != null && context.pipeline().get(IdleStateHandler.class) != null) {
            context.pipeline().remove(IdleStateHandler.class);
        }
    }

    /** From now on the end of a client's input is told instead of ending its connection; HTTP/1 in clear text only. */
    static void onInputEnd(HttpConnection connection, Runnable told) {
        ChannelHandlerContext context = context(connection);
        // TLS ends both ways at once, and so does HTTP/2
        if (context != null && !connection.isSsl() && connection instanceof Http1xServerConnection) {
            context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            context.pipeline().addBefore(context.name(), "inputEnd", new InputEnd(told));
        }
    }

    /** What a connection runs over; null where there is no telling. */
    static @Nullable Channel channel(HttpConnection connection) {
        ChannelHandlerContext context = context(connection);
        return context == null ? null : context.channel();
    }

    private static @Nullable ChannelHandlerContext context(HttpConnection connection) {
        return connection instanceof HttpServerConnection server ? server.channelHandlerContext() : null;
    }
}
