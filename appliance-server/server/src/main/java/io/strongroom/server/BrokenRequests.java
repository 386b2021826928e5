package io.strongroom.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;

/**
 * Over HTTP/1.1, refuses what the framework would take though nobody knows for whom it is, or where it ends and the next
 * request begins: it is answered, and its connection is over. A head is refused like one that is none; a body of broken
 * chunks (RFC 9112 §7.1) ends as one that was cut.
 */
@Singleton
final class BrokenRequests extends ConnectionHook {

    @Override
    void onHttp1(Channel connection, ChannelHandlerContext codec) {
        connection.pipeline().addAfter(codec.name(), null, new Watch());
    }

    private static final class Watch extends ChannelDuplexHandler {
        /** Requests that are not answered yet: of a pipeline, the last one is broken. */
        private int open;

        private boolean broken;
        private boolean interim;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (broken) {
                ReferenceCountUtil.release(message);
                return;
            }
            if (message instanceof HttpRequest request) {
                open++;
                if (request.decoderResult().isSuccess() && !isSound(request)) {
                    broken = true;
                    context.fireChannelRead(none());
                    return;
                }
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

        /**
         * Whether it names one host (RFC 9112 §3.2), and its body comes as it is or in chunks. In another transfer coding,
         * or several, it could not be decoded, nor its end be found (§6.1).
         */
        private static boolean isSound(HttpRequest request) {
            boolean newest = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
            int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
            List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
            return (hosts == 1 || hosts == 0 && !newest)
                    && (codings.isEmpty()
                            || newest
                                    && codings.size() == 1
                                    && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
                                            codings.getFirst().strip()));
        }

        /** What the codec itself makes of a head that is none. */
        private static HttpRequest none() {
            HttpRequest none = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request", Unpooled.EMPTY_BUFFER);
            none.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("a head that is unsound")));
            return none;
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
