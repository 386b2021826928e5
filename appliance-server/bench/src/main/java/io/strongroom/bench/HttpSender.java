package io.strongroom.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection that sends a request, waits for its answer, and sends the next. It writes HTTP/1.1 by hand and reads no
 * more of an answer than it must: its peers are programs in C, and share the processors with what is measured.
 */
final class HttpSender extends SimpleChannelInboundHandler<ByteBuf> {
    private static final ByteBuf HEAD_END = constant("\r\n\r\n");
    private static final ByteBuf LINE_END = constant("\r\n");
    private static final ByteBuf LAST_CHUNK = constant("\r\n0\r\n\r\n");
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int STATUS_DIGITS = 3;
    private static final int HEXADECIMAL = 16;

    /** What a connection sends. */
    interface Requests {
        /** The next request, its head included. */
        ByteBuf next();

        /**
         * How many records the answer to it acknowledges.
         *
         * @throws IllegalStateException if they are not all that were sent
         */
        int acknowledged(int status, ByteBuf body);
    }

    private final Requests requests;
    private final AtomicLong acknowledged;
    private final BooleanSupplier stopping;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    // What has come of the answer that is awaited; the channel's thread alone.
    private final ByteBuf answer = Unpooled.buffer(2_048);

    HttpSender(Requests requests, AtomicLong acknowledged, BooleanSupplier stopping) {
        this.requests = requests;
        this.acknowledged = acknowledged;
        this.stopping = stopping;
    }

    /** Ends with the answer that was awaited when it was told to stop; with a failure, if something failed. */
    CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(requests.next());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        answer.writeBytes(bytes);
        int headEnd = ByteBufUtil.indexOf(HEAD_END, answer);
        if (headEnd < 0) {
            return;
        }
        int bodyAt = headEnd + HEAD_END.readableBytes();
        ByteBuf body = body(answer.toString(0, headEnd, StandardCharsets.ISO_8859_1), bodyAt);
        if (body == null) {
            return;
        }
        int status = Integer.parseInt(answer.toString(STATUS_AT, STATUS_DIGITS, StandardCharsets.US_ASCII));
        acknowledged.addAndGet(requests.acknowledged(status, body));
        answer.clear();
        if (stopping.getAsBoolean()) {
            done.complete(null);
            context.close();
        } else {
            context.writeAndFlush(requests.next());
        }
    }

    /** The body of the answer, which begins at {@code at}; null if not all of it is there. */
    private @Nullable ByteBuf body(String head, int at) {
        String lower = head.toLowerCase(Locale.ROOT);
        String length = value(lower, "\r\ncontent-length:");
        if (length != null) {
            int bytes = Integer.parseInt(length);
            return answer.writerIndex() < at + bytes ? null : answer.slice(at, bytes);
        }
        if (!"chunked".equals(value(lower, "\r\ntransfer-encoding:"))) {
            throw new IllegalStateException("an answer without its length: " + head);
        }
        int last = answer.writerIndex() - LAST_CHUNK.readableBytes();
        return last < at || !ByteBufUtil.equals(answer, last, LAST_CHUNK, 0, LAST_CHUNK.readableBytes())
                ? null
                : joined(at);
    }

    /** The chunks from {@code at} on, without what stands between them (RFC 9112 §7.1). */
    private ByteBuf joined(int at) {
        ByteBuf joined = Unpooled.buffer(answer.writerIndex() - at);
        int next = at;
        while (true) {
            int lineEnd = next + ByteBufUtil.indexOf(LINE_END, answer.slice(next, answer.writerIndex() - next));
            int size = Integer.parseInt(answer.toString(next, lineEnd - next, StandardCharsets.US_ASCII), HEXADECIMAL);
            if (size == 0) {
                return joined;
            }
            joined.writeBytes(answer, lineEnd + LINE_END.readableBytes(), size);
            next = lineEnd + LINE_END.readableBytes() + size + LINE_END.readableBytes();
        }
    }

    private static @Nullable String value(String head, String name) {
        int at = head.indexOf(name);
        if (at < 0) {
            return null;
        }
        int end = head.indexOf('\r', at + name.length());
        return head.substring(at + name.length(), end < 0 ? head.length() : end).strip();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        done.completeExceptionally(new IllegalStateException("the appliance closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        done.completeExceptionally(cause);
        context.close();
    }

    private static ByteBuf constant(String text) {
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
