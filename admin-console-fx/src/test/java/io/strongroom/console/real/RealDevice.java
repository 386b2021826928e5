package io.strongroom.console.real;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.batch.Epoch;
import io.strongroom.evidence.batch.LineEncoding;
import io.strongroom.evidence.batch.write.BatchSigner;
import io.strongroom.evidence.batch.write.BatchWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A device that enrolled by a code of its own, and sends batches that it signed, as an agent does. */
final class RealDevice implements AutoCloseable {
    private static final String EST = "/.well-known/est/";
    private static final int RANDOM_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final URI url;
    private final String id;
    private final BatchSigner signer;
    private final HttpClient http;
    private final Map<String, Stream> streams = new HashMap<>();

    /** Where a stream is: each has an epoch of its own, and its batches are chained. */
    private static final class Stream {
        private final Epoch epoch = Epoch.ofBytes(random());
        private Digest previous = Digest.ZERO;
        private long next;
    }

    private RealDevice(URI url, KeyPair key, List<X509Certificate> authorities, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        this.url = url;
        this.id = certificate.getSubjectX500Principal().getName().replace("CN=", "");
        this.signer = BatchSigner.of(key.getPrivate(), key.getPublic());
        this.http = HttpClient.newBuilder()
                .sslContext(tls(key, authorities, certificate))
                .build();
    }

    /**
     * Enrols one.
     *
     * @param code a one-time code, which ends in the fingerprint of the devices' authority
     */
    static RealDevice enrol(RealAppliance appliance, String code) {
        Digest authority = Digest.parse("sha256:" + code.substring(code.lastIndexOf('.') + 1));
        try (HttpClient stranger = HttpClient.newBuilder()
                .sslContext(ApplianceTrust.pinned(authority).context())
                .build()) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair key = generator.generateKeyPair();
            byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=device"), key.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                    .getEncoded();
            URI url = appliance.devices();
            List<X509Certificate> mine = certificates(
                    stranger,
                    HttpRequest.newBuilder(url.resolve(EST + "simpleenroll"))
                            .header(
                                    "Authorization",
                                    "Basic "
                                            + Base64.getEncoder().encodeToString(("device:" + code).getBytes(US_ASCII)))
                            .header("Content-Type", "application/pkcs10")
                            .POST(BodyPublishers.ofString(
                                    Base64.getMimeEncoder().encodeToString(request))));
            List<X509Certificate> authorities =
                    certificates(stranger, HttpRequest.newBuilder(url.resolve(EST + "cacerts")));
            return new RealDevice(url, key, authorities, mine.getFirst());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("a device cannot be enrolled", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String id() {
        return id;
    }

    /** A record about itself, by itself. */
    AuditRecord.Builder about(String stream, String action, Instant when) {
        return AuditRecord.of(id, action, when).stream(stream)
                .actor("Device", id)
                .resource("Device", id);
    }

    /** Signs these as the next batch of the stream, and sends it; returns once it is in the ledger. */
    void send(String stream, List<AuditRecord.Builder> records) {
        Stream here = stream(stream);
        List<byte[]> lines = records.stream().map(RealDevice::line).toList();
        BatchHead head = new BatchHead(
                new SourceId(id),
                new StreamName(stream),
                System.currentTimeMillis() / 1_000,
                here.epoch,
                here.next,
                here.next + lines.size() - 1,
                here.previous,
                "5d1f0c52",
                System.nanoTime() / 1_000_000,
                LineEncoding.NONE);
        byte[] signed = BatchWriter.sign(head, lines, signer);
        HttpResponse<String> answer = ask(
                http,
                HttpRequest.newBuilder(url.resolve("/api/v1/device/batches"))
                        .header("Content-Type", BatchLayout.MEDIA_TYPE)
                        .POST(BodyPublishers.ofByteArray(BatchWriter.frame(signed, BatchWriter.join(lines)))));
        if (!Json.parseObject(answer.body().getBytes(US_ASCII))
                .objects("rejected", each -> each)
                .isEmpty()) {
            throw new IllegalStateException("not all lines were taken in: " + answer.body());
        }
        here.previous = Digest.of(signed);
        here.next += lines.size();
    }

    /** Begins a stream anew, as an agent whose disk was replaced: what waited in its queue is lost. */
    void loseQueue(String stream) {
        streams.remove(stream);
    }

    private Stream stream(String name) {
        return streams.computeIfAbsent(name, made -> new Stream());
    }

    private static byte[] line(AuditRecord.Builder record) {
        return Json.object()
                .putAll(record.tenant(RealAppliance.TENANT).build().toJson())
                .put("salt", Base64.getUrlEncoder().withoutPadding().encodeToString(random()))
                .build()
                .bytes();
    }

    private static byte[] random() {
        byte[] drawn = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(drawn);
        return drawn;
    }

    private static List<X509Certificate> certificates(HttpClient client, HttpRequest.Builder request)
            throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(
                        Base64.getMimeDecoder().decode(ask(client, request).body())))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static HttpResponse<String> ask(HttpClient client, HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static SSLContext tls(KeyPair key, List<X509Certificate> authorities, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("device", key.getPrivate(), new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            trusted.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        http.close();
    }
}
