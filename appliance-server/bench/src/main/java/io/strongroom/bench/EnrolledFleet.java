package io.strongroom.bench;

import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Devices enrolled in bulk, a few at once. */
final class EnrolledFleet {
    private static final int AT_ONCE = 4;

    private EnrolledFleet() {}

    static List<EnrolledDevice> of(Stand stand, int count) throws IOException, InterruptedException {
        Appliance appliance = stand.appliance();
        URI url = appliance.devices();
        String token = stand.administratorToken();
        String first = appliance.enrolmentCode(token);
        Digest fingerprint = Digest.parse("sha256:" + first.substring(first.lastIndexOf('.') + 1));
        try (HttpClient stranger = HttpClient.newBuilder()
                        .sslContext(ApplianceTrust.pinned(fingerprint).context())
                        .build();
                ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<EnrolledDevice>> work = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                work.add(() -> EnrolledDevice.enrol(stranger, url, appliance.enrolmentCode(token)));
            }
            List<EnrolledDevice> devices = new ArrayList<>(count);
            for (Future<EnrolledDevice> enrolled : threads.invokeAll(work)) {
                devices.add(enrolled.get());
            }
            return devices;
        } catch (ExecutionException e) {
            throw new IOException("a device could not be enrolled: " + e.getCause(), e);
        }
    }
}
