package io.strongroom.server.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.io.buffer.ReadBufferFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class RequestBodyProperties {
    /** A connection that sends pieces from a thread of its own, as many as it is asked for and no more. */
    private static class Connection implements Publisher<ReadBuffer>, Subscription {
        private final List<byte[]> pieces;
        private final @Nullable Exception failure;
        private final Semaphore demand = new Semaphore(0);
        private final AtomicInteger sent = new AtomicInteger();
        private volatile boolean cancelled;
        private volatile Thread thread = Thread.currentThread();

        Connection(List<byte[]> pieces, @Nullable Exception failure) {
            this.pieces = pieces;
            this.failure = failure;
        }

        @Override
        public void subscribe(Subscriber<? super ReadBuffer> reader) {
            reader.onSubscribe(this);
            thread = Thread.ofVirtual().start(() -> send(reader));
        }

        private void send(Subscriber<? super ReadBuffer> reader) {
            for (byte[] piece : pieces) {
                demand.acquireUninterruptibly();
                if (cancelled) {
                    return;
                }
                sent.incrementAndGet();
                reader.onNext(ReadBufferFactory.getJdkFactory().adapt(piece.clone()));
            }
            if (failure == null) {
                reader.onComplete();
            } else {
                reader.onError(failure);
            }
        }

        @Override
        public void request(long more) {
            demand.release((int) more);
        }

        @Override
        public void cancel() {
            cancelled = true;
            demand.release(pieces.size());
        }

        byte[] all() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            pieces.forEach(all::writeBytes);
            return all.toByteArray();
        }
    }

    @Property(tries = 300)
    void readsWhatCameInItsOrder(
            @ForAll @Size(max = 100) List<byte @Size(max = 40) []> pieces,
            @ForAll @IntRange(min = 1, max = 64) int atOnce,
            @ForAll Random random)
            throws IOException {
        Connection connection = new Connection(pieces, null);
        try (RequestBody body = new RequestBody(connection)) {
            assertThat(read(body, atOnce, random)).isEqualTo(connection.all());
            assertThat(body.read()).isEqualTo(-1);
        }
    }

    @Property(tries = 100)
    void whatBrokeTheConnectionIsToldBehindWhatCame(
            @ForAll @Size(max = 40) List<byte @Size(min = 1, max = 40) []> pieces, @ForAll Random random)
            throws IOException {
        Exception cut = new IOException("cut");
        Connection connection = new Connection(pieces, cut);
        try (RequestBody body = new RequestBody(connection)) {
            byte[] before = body.readNBytes(connection.all().length);
            assertThat(before).isEqualTo(connection.all());
            assertThatThrownBy(() -> read(body, 10, random))
                    .isInstanceOf(IOException.class)
                    .hasCause(cut);
        }
    }

    @Property(tries = 50)
    void nobodyWhoDoesNotReadIsSentMoreThanWasAskedForAhead(@ForAll @IntRange(min = 0, max = 60) int readPieces)
            throws Exception {
        List<byte[]> pieces = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> new byte[] {(byte) i, 0})
                .toList();
        Connection connection = new Connection(pieces, null);
        RequestBody body = new RequestBody(connection);
        assertThat(body.readNBytes(2 * readPieces)).hasSize(2 * readPieces);
        body.close();
        connection.thread.join();
        assertThat(connection.sent.get()).isBetween(readPieces, readPieces + RequestBody.AHEAD);
        assertThat(connection.cancelled).isTrue();
    }

    @Example
    void whoeverIsInterruptedWhileItWaitsIsToldSo() {
        RequestBody body = new RequestBody(new Connection(List.of(), null) {
            @Override
            public void subscribe(Subscriber<? super ReadBuffer> reader) {
                reader.onSubscribe(this);
            }
        });
        Thread.currentThread().interrupt();
        assertThatThrownBy(body::read).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Example
    void whoeverWaitsForABodyThatAnotherThreadGivesUpIsToldSoAndTakesItNotForWhole() throws Exception {
        RequestBody body = new RequestBody(new Connection(List.of(), null) {
            @Override
            public void subscribe(Subscriber<? super ReadBuffer> reader) {
                reader.onSubscribe(this);
            }
        });
        FutureTask<Integer> reading = new FutureTask<>(body::read);
        Thread reader = Thread.ofPlatform().start(reading);
        await().until(() -> reader.getState() == Thread.State.WAITING);
        body.close();
        assertThatThrownBy(() -> reading.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        assertThat(body.read()).isEqualTo(-1);
    }

    private static byte[] read(RequestBody body, int atOnce, Random random) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[atOnce];
        while (true) {
            int got = body.read(some, 0, 1 + random.nextInt(atOnce));
            if (got < 0) {
                return all.toByteArray();
            }
            assertThat(got).isPositive();
            all.write(some, 0, got);
        }
    }
}
