package io.strongroom.agent.identity;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The connection to the appliance, HTTP/2 under the device's certificate. Before a new certificate is used for the first
 * time, all that was under the one before has ended: whoever shows an older one afterwards is taken for a thief of its key.
 */
public final class Connection implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration ANSWER = Duration.ofSeconds(90);

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();
    private final List<Runnable> ends = new ArrayList<>();
    private DeviceIdentity identity;
    private HttpClient client;

    public Connection(DeviceIdentity identity) {
        this.identity = identity;
        this.client = client(identity);
    }

    private static HttpClient client(DeviceIdentity identity) {
        return HttpClient.newBuilder()
                .sslContext(identity.tls())
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Who the device is at the moment. */
    public DeviceIdentity identity() {
        lock.readLock().lock();
        try {
            return identity;
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param path of the appliance
     */
    public HttpResponse<byte[]> send(String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        lock.readLock().lock();
        try {
            return client.send(
                    request.uri(identity.url().resolve(path)).timeout(ANSWER).build(), BodyHandlers.ofByteArray());
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Sends a request that the appliance may leave unanswered for a while. It does not hold up {@link #replace}, which breaks
     * it off.
     *
     * @param path of the appliance
     */
    public HttpResponse<byte[]> await(String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer;
        lock.readLock().lock();
        try {
            answer = client.sendAsync(
                    request.uri(identity.url().resolve(path)).timeout(ANSWER).build(), BodyHandlers.ofByteArray());
            waiting.add(answer);
        } finally {
            lock.readLock().unlock();
        }
        try {
            return answer.get();
        } catch (ExecutionException | CancellationException e) {
            throw new IOException("the appliance did not answer: " + e.getMessage(), e);
        } finally {
            // What nobody waits for any more is not to run on.
            answer.cancel(true);
            waiting.remove(answer);
        }
    }

    /**
     * Does something as the device that cannot be under way any more once another certificate is used.
     *
     * @throws IOException as what is done does
     */
    public <T> T as(Work<T> work) throws IOException, InterruptedException {
        return with((who, unused) -> work.of(who));
    }

    /** What is done. */
    @FunctionalInterface
    public interface Work<T> {
        T of(DeviceIdentity identity) throws IOException, InterruptedException;
    }

    /**
     * What is to be ended before another certificate is used. Nothing is under way through {@link #as} while it is called.
     */
    public void beforeReplacing(Runnable end) {
        lock.writeLock().lock();
        try {
            ends.add(end);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Does something through the connection itself. */
    <T> T with(Use<T> use) throws IOException, InterruptedException {
        lock.readLock().lock();
        try {
            return use.of(identity, client);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** What is done. */
    @FunctionalInterface
    interface Use<T> {
        T of(DeviceIdentity identity, HttpClient client) throws IOException, InterruptedException;
    }

    /** Goes on under another certificate, once all that is under way has ended. */
    void replace(DeviceIdentity next) {
        lock.writeLock().lock();
        try {
            waiting.forEach(answer -> answer.cancel(true));
            client.shutdownNow();
            client.close();
            ends.forEach(Runnable::run);
            identity = next;
            client = client(next);
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
