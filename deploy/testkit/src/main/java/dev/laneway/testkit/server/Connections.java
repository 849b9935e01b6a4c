package dev.laneway.testkit.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/** Ends connections the way no well-behaved server would, which Vert.x has no method for. */
final class Connections {
    private Connections() {}

    /** Sends what was written, then FIN, whatever the state of the answer. */
    static void cut(HttpConnection connection) {
        var _ = channel(connection).close();
    }

    /** Sends RST: what was written and has not left yet is lost. */
    static void reset(HttpConnection connection) {
        Channel channel = channel(connection);
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = channel.close();
    }

    private static Channel channel(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            return server.channelHandlerContext().channel();
        }
        throw new IllegalStateException("not a connection of an HTTP server: " + connection.getClass());
    }
}
