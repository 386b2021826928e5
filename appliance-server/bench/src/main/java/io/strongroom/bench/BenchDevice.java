package io.strongroom.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.Zstd;
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
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A device that enrolled, and sends signed batches one after the other, as an agent does. */
final class BenchDevice implements AutoCloseable {
    private static final String EST = "/.well-known/est/";
    private static final String BATCHES = "/api/v1/device/batches";
    private static final int ZSTD_LEVEL = 1;

    private final URI url;
    private final String id;
    private final BatchSigner signer;
    private final HttpClient http;
    private final Epoch epoch;
    private final DeviceLines lines;
    private Digest previous = Digest.ZERO;
    private long next;

    private BenchDevice(URI url, KeyPair key, List<X509Certificate> authorities, X509Certificate certificate, int bytes)
            throws GeneralSecurityException, IOException {
        this.url = url;
        this.id = id(certificate);
        this.signer = BatchSigner.of(key.getPrivate(), key.getPublic());
        this.http = HttpClient.newBuilder()
                .sslContext(tls(key, authorities, certificate))
                .build();
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.epoch = Epoch.ofBytes(random);
        this.lines = new DeviceLines(id.hashCode(), id, bytes);
    }

    /**
     * Enrols a device with a code of its own.
     *
     * @param code a one-time code, which ends in the fingerprint of the devices' authority
     * @param bytes about how many a line has
     */
    static BenchDevice enrol(URI url, String code, int bytes) throws IOException, InterruptedException {
        Digest fingerprint = Digest.parse("sha256:" + code.substring(code.lastIndexOf('.') + 1));
        try (HttpClient stranger = HttpClient.newBuilder()
                .sslContext(ApplianceTrust.pinned(fingerprint).context())
                .build()) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair key = generator.generateKeyPair();
            byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=device"), key.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                    .getEncoded();
            String password = Base64.getEncoder().encodeToString(("device:" + code).getBytes(US_ASCII));
            List<X509Certificate> mine = certificates(stranger.send(
                    HttpRequest.newBuilder(url.resolve(EST + "simpleenroll"))
                            .header("Authorization", "Basic " + password)
                            .header("Content-Type", "application/pkcs10")
                            .POST(BodyPublishers.ofString(
                                    Base64.getMimeEncoder().encodeToString(request)))
                            .build(),
                    BodyHandlers.ofString()));
            List<X509Certificate> authorities = certificates(stranger.send(
                    HttpRequest.newBuilder(url.resolve(EST + "cacerts")).build(), BodyHandlers.ofString()));
            return new BenchDevice(url, key, authorities, mine.getFirst(), bytes);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("a device cannot be enrolled", e);
        }
    }

    private static List<X509Certificate> certificates(HttpResponse<String> answer)
            throws IOException, GeneralSecurityException {
        if (answer.statusCode() != 200) {
            throw new IOException("answered " + answer.statusCode() + ": " + answer.body());
        }
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(
                        new ByteArrayInputStream(Base64.getMimeDecoder().decode(answer.body())))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /** From the SAN {@code urn:strongroom:device:<id>}. */
    private static String id(X509Certificate certificate) throws GeneralSecurityException {
        for (List<?> name : certificate.getSubjectAlternativeNames()) {
            if (name.get(1) instanceof String uri && uri.startsWith("urn:strongroom:device:")) {
                return uri.substring(uri.lastIndexOf(':') + 1);
            }
        }
        throw new GeneralSecurityException("the certificate names no device");
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

    /**
     * Signs and sends the next batch.
     *
     * @return how many of its lines became records
     */
    int send(int count) throws IOException, InterruptedException {
        List<byte[]> some = lines.next(count);
        BatchHead head = new BatchHead(
                new SourceId(id),
                new StreamName(DeviceLines.STREAM),
                System.currentTimeMillis() / 1_000,
                epoch,
                next,
                next + count - 1,
                previous,
                "bench",
                System.nanoTime() / 1_000_000,
                LineEncoding.ZSTD);
        byte[] cose = BatchWriter.sign(head, some, signer);
        byte[] frame = BatchWriter.frame(cose, Zstd.compress(BatchWriter.join(some), ZSTD_LEVEL));
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(url.resolve(BATCHES))
                        .header("Content-Type", BatchLayout.MEDIA_TYPE)
                        .POST(BodyPublishers.ofByteArray(frame))
                        .build(),
                BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("answered " + answer.statusCode() + ": " + new String(answer.body(), US_ASCII));
        }
        int rejected = Json.parseObject(answer.body())
                .objects("rejected", each -> each)
                .size();
        previous = Digest.of(cose);
        next += count;
        return count - rejected;
    }

    @Override
    public void close() {
        http.close();
    }
}
