package io.strongroom.server.body;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.AvailableByteBody;
import io.micronaut.http.body.ByteBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A request's body as a stream, while it comes. Some pieces are asked for ahead: where each is asked for only once the one
 * before is used up, the connection's thread and the one that reads wake each other for every few kilobytes, which costs more
 * than what is done with them.
 *
 * <p>Read by one thread at a time.
 */
final class RequestBody extends InputStream {
    /** How many pieces may wait unread; each is what the connection's thread had at once, 64 KiB at most. */
    static final int AHEAD = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by lock.
    private final Deque<ReadBuffer> waiting = new ArrayDeque<>(AHEAD);
    private @Nullable Subscription source;
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean closed;

    // The reader's. The piece that is being read, and how many have been read since more were asked for.
    private @Nullable ReadBuffer piece;
    private int read;

    RequestBody(Publisher<ReadBuffer> body) {
        body.subscribe(new Arrival());
    }

    /** The body of a request, as it was sent: no encoding is undone. To be taken once. */
    static InputStream of(HttpRequest<?> request) {
        if (!(request instanceof ServerHttpRequest<?> incoming)) {
            throw new IllegalStateException("the request's body cannot be streamed");
        }
        ByteBody body = incoming.byteBody();
        return body instanceof AvailableByteBody ? body.toInputStream() : new RequestBody(body.toReadBufferPublisher());
    }

    /** What the connection's thread calls. */
    private final class Arrival implements Subscriber<ReadBuffer> {
        @Override
        public void onSubscribe(Subscription subscription) {
            lock.lock();
            try {
                source = subscription;
            } finally {
                lock.unlock();
            }
            subscription.request(AHEAD);
        }

        @Override
        public void onNext(ReadBuffer next) {
            lock.lock();
            try {
                if (closed) {
                    next.close();
                } else {
                    waiting.add(next);
                    changed.signal();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void onError(Throwable cause) {
            end(cause);
        }

        @Override
        public void onComplete() {
            end(null);
        }

        private void end(@Nullable Throwable cause) {
            lock.lock();
            try {
                failure = cause;
                ended = true;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ReadBuffer from = piece;
        while (from == null || from.readable() == 0) {
            from = next(from);
            if (from == null) {
                return -1;
            }
        }
        int taken = Math.min(length, from.readable());
        if (taken < from.readable()) {
            from.split(taken).toArray(target, offset);
        } else {
            piece = null;
            from.toArray(target, offset);
            askForMore();
        }
        return taken;
    }

    /** Waits for a piece, and asks for more of them once half of those that were asked for are used up. */
    private @Nullable ReadBuffer next(@Nullable ReadBuffer empty) throws IOException {
        if (empty != null) {
            piece = null;
            empty.close();
            askForMore();
        }
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                if (failure != null) {
                    throw new IOException(failure);
                }
                if (ended || closed) {
                    return null;
                }
                changed.await();
                if (closed) {
                    // Not its end: what came before was not all of it.
                    throw new IOException("a request's body was given up while it was awaited");
                }
            }
            piece = waiting.remove();
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a request's body was awaited");
        } finally {
            lock.unlock();
        }
    }

    private void askForMore() {
        read++;
        if (read < AHEAD / 2) {
            return;
        }
        int more = read;
        read = 0;
        Subscription from;
        lock.lock();
        try {
            from = source;
        } finally {
            lock.unlock();
        }
        if (from != null) {
            from.request(more);
        }
    }

    /** Gives up what has not been read; whoever waits for it is told. */
    @Override
    public void close() {
        ReadBuffer left = piece;
        piece = null;
        if (left != null) {
            left.close();
        }
        Subscription from;
        lock.lock();
        try {
            closed = true;
            changed.signal();
            waiting.forEach(ReadBuffer::close);
            waiting.clear();
            from = source;
        } finally {
            lock.unlock();
        }
        if (from != null) {
            from.cancel();
        }
    }
}
