package dev.laneway.ingress.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
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

    /** Takes away the guard against idle connections, which does not know that a request is under way. */
    static void removeIdleGuard(HttpConnection connection) {
        ChannelHandlerContext context = context(connection);
        if (context != null && context.pipeline().get(IdleStateHandler.class) != null) {
            context.pipeline().remove(IdleStateHandler.class);
        }
    }

    private static @Nullable ChannelHandlerContext context(HttpConnection connection) {
        return connection instanceof HttpServerConnection server ? server.channelHandlerContext() : null;
    }
}
