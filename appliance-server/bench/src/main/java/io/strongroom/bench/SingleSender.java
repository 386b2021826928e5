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

/**
 * One connection that sends a document, waits for its answer, and sends the next. It writes HTTP/1.1 by hand and reads
 * no more of an answer than it must: its peer is a program in C, and shares the processors with what is measured.
 */
final class SingleSender extends SimpleChannelInboundHandler<ByteBuf> {
    private static final byte[] CREATED = ascii("HTTP/1.1 201 ");
    private static final ByteBuf HEAD_END = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(ascii("\r\n\r\n")));
    private static final String LENGTH = "content-length:";

    private final Documents documents;
    private final byte[] head;
    private final AtomicLong acknowledged;
    private final BooleanSupplier stopping;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    // What has come of the answer that is awaited; the channel's thread alone.
    private final ByteBuf answer = Unpooled.buffer(2_048);

    /** @param sender stands before the document's number in its idempotency key */
    SingleSender(
            Documents documents,
            int sender,
            String host,
            String token,
            AtomicLong acknowledged,
            BooleanSupplier stopping) {
        this.documents = documents;
        this.head = ascii("POST /api/v1/audit/records HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nX-Tenant-Id: " + Appliance.TENANT + "\r\nIdempotency-Key: "
                + sender + "-");
        this.acknowledged = acknowledged;
        this.stopping = stopping;
    }

    /** Ends with the answer that was awaited when it was told to stop; with a failure, if something failed. */
    CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        send(context);
    }

    private void send(ChannelHandlerContext context) {
        byte[] document = documents.next();
        byte[] rest = ascii(documents.sequence() + "\r\nContent-Length: " + document.length + "\r\n\r\n");
        ByteBuf request = context.alloc().buffer(head.length + rest.length + document.length);
        context.writeAndFlush(request.writeBytes(head).writeBytes(rest).writeBytes(document));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        answer.writeBytes(bytes);
        int headEnd = ByteBufUtil.indexOf(HEAD_END, answer);
        if (headEnd < 0) {
            return;
        }
        String answerHead = answer.toString(0, headEnd, StandardCharsets.ISO_8859_1);
        if (answer.writerIndex() < headEnd + HEAD_END.readableBytes() + length(answerHead)) {
            return;
        }
        if (!startsWithCreated()) {
            fail(context, new IllegalStateException("answered " + answer.toString(StandardCharsets.UTF_8)));
            return;
        }
        acknowledged.incrementAndGet();
        answer.clear();
        if (stopping.getAsBoolean()) {
            done.complete(null);
            context.close();
        } else {
            send(context);
        }
    }

    private boolean startsWithCreated() {
        for (int i = 0; i < CREATED.length; i++) {
            if (answer.getByte(i) != CREATED[i]) {
                return false;
            }
        }
        return true;
    }

    private static int length(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(LENGTH);
        if (at < 0) {
            throw new IllegalStateException("an answer without its length: " + head);
        }
        int end = lower.indexOf('\r', at);
        return Integer.parseInt(lower.substring(at + LENGTH.length(), end < 0 ? lower.length() : end)
                .strip());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        done.completeExceptionally(new IllegalStateException("the appliance closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, cause);
    }

    private void fail(ChannelHandlerContext context, Throwable cause) {
        done.completeExceptionally(cause);
        context.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
