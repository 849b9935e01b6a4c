package dev.laneway.ingress.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Tells that a client will send nothing more, be it that it only shut its output down, be it that it is gone. */
final class InputEnd extends ChannelInboundHandlerAdapter {
    private final Runnable told;

    InputEnd(Runnable told) {
        this.told = told;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            told.run();
        } else {
            super.userEventTriggered(context, event);
        }
    }
}
