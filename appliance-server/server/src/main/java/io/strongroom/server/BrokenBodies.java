package io.strongroom.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import jakarta.inject.Singleton;
import java.io.IOException;

/**
 * Over HTTP/1.1, ends a body whose chunks are broken (RFC 9112 §7.1) as one that was cut, and the connection once that is
 * answered: nobody knows where the next request begins. The framework would take the body for whole.
 */
@Singleton
final class BrokenBodies extends ConnectionHook {

    @Override
    void onHttp1(Channel connection, ChannelHandlerContext codec) {
        connection.pipeline().addAfter(codec.name(), null, new Watch());
    }

    private static final class Watch extends ChannelDuplexHandler {
        /** Requests that are not answered yet: of a pipeline, the last one's body is broken. */
        private int open;

        private boolean broken;
        private boolean interim;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                open++;
            } else if (message instanceof HttpContent content
                    && content.decoderResult().isFailure()) {
                broken = true;
                ReferenceCountUtil.release(message);
                if (open == 0) {
                    context.close();
                } else {
                    // The framework logs what it does not take for the client's doing, by these first two words.
                    context.fireExceptionCaught(new IOException("connection broken: a chunk of the body is none"));
                }
                return;
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof HttpResponse response) {
                interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            }
            ChannelPromise written = promise;
            if (message instanceof LastHttpContent && !interim) {
                open--;
                if (broken && open == 0) {
                    written = promise.unvoid();
                    written.addListener(ChannelFutureListener.CLOSE);
                }
            }
            context.write(message, written);
        }
    }
}
