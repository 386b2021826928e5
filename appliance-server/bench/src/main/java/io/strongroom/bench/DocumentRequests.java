package io.strongroom.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Requests that bring documents: one each, or lines of them. */
final class DocumentRequests {
    private static final byte[] APPENDED = ascii("\"appended\"");
    private static final int HEAD_ROOM = 1_024;
    private static final int CREATED = 201;
    private static final int OK = 200;

    private DocumentRequests() {}

    /**
     * One document a request.
     *
     * @param sender stands before the document's number in its idempotency key
     */
    static HttpSender.Requests single(Documents documents, int sender, String host, String token) {
        String head =
                head("/api/v1/audit/records", "application/json", host, token) + "\r\nIdempotency-Key: " + sender + "-";
        byte[] first = ascii(head);
        return new HttpSender.Requests() {
            @Override
            public ByteBuf next() {
                byte[] document = documents.next();
                byte[] rest = ascii(documents.sequence() + "\r\nContent-Length: " + document.length + "\r\n\r\n");
                return Unpooled.buffer(first.length + rest.length + document.length)
                        .writeBytes(first)
                        .writeBytes(rest)
                        .writeBytes(document);
            }

            @Override
            public int acknowledged(int status, ByteBuf body) {
                return require(status == CREATED, status, body, 1);
            }
        };
    }

    /** {@code lines} documents a request. */
    static HttpSender.Requests batches(Documents documents, int lines, String host, String token) {
        String head = head("/api/v1/audit/records:batch", "application/x-ndjson", host, token) + "\r\nContent-Length: ";
        // Filled again and again: a request is written whole before its answer comes. Its head stands right before its
        // body.
        ByteBuf batch = Unpooled.buffer(HEAD_ROOM);
        return new HttpSender.Requests() {
            @Override
            public ByteBuf next() {
                batch.clear().writerIndex(HEAD_ROOM);
                for (int line = 0; line < lines; line++) {
                    batch.writeBytes(documents.next()).writeByte('\n');
                }
                byte[] first = ascii(head + (batch.writerIndex() - HEAD_ROOM) + "\r\n\r\n");
                int from = HEAD_ROOM - first.length;
                return batch.setBytes(from, first).retainedSlice(from, batch.writerIndex() - from);
            }

            @Override
            public int acknowledged(int status, ByteBuf body) {
                return require(status == OK && appended(body) == lines, status, body, lines);
            }
        };
    }

    private static String head(String path, String type, String host, String token) {
        return "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: " + type + "\r\nX-Tenant-Id: " + Appliance.TENANT;
    }

    private static int require(boolean held, int status, ByteBuf body, int count) {
        if (!held) {
            String text = body.toString(StandardCharsets.UTF_8);
            throw new IllegalStateException(
                    "answered " + status + ": " + text.substring(0, Math.min(600, text.length())));
        }
        return count;
    }

    private static int appended(ByteBuf body) {
        byte[] bytes = body.array();
        int from = body.arrayOffset() + body.readerIndex();
        int to = from + body.readableBytes() - APPENDED.length;
        int found = 0;
        for (int i = from; i <= to; i++) {
            int j = 0;
            while (j < APPENDED.length && bytes[i + j] == APPENDED[j]) {
                j++;
            }
            if (j == APPENDED.length) {
                found++;
                i += j - 1;
            }
        }
        return found;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
