package io.strongroom.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.evidence.Digest;
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
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A device's identity: its key, its certificate, and whom it believes.
 *
 * @param id the device's id
 */
record EnrolledDevice(String id, KeyPair key, List<X509Certificate> authorities, X509Certificate certificate) {
    private static final String EST = "/.well-known/est/";
    private static final int TOO_MANY = 429;

    /**
     * Enrols a device with a code of its own.
     *
     * @param code a one-time code, which ends in the fingerprint of the devices' authority
     */
    static EnrolledDevice enrol(URI url, String code) throws IOException, InterruptedException {
        Digest fingerprint = Digest.parse("sha256:" + code.substring(code.lastIndexOf('.') + 1));
        try (HttpClient stranger = HttpClient.newBuilder()
                .sslContext(ApplianceTrust.pinned(fingerprint).context())
                .build()) {
            return enrol(stranger, url, code);
        }
    }

    /** The same, over a connection that may serve many. */
    static EnrolledDevice enrol(HttpClient stranger, URI url, String code) throws IOException, InterruptedException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair key = generator.generateKeyPair();
            byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=device"), key.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                    .getEncoded();
            String password = Base64.getEncoder().encodeToString(("device:" + code).getBytes(US_ASCII));
            List<X509Certificate> mine = certificates(patiently(
                    stranger,
                    HttpRequest.newBuilder(url.resolve(EST + "simpleenroll"))
                            .header("Authorization", "Basic " + password)
                            .header("Content-Type", "application/pkcs10")
                            .POST(BodyPublishers.ofString(
                                    Base64.getMimeEncoder().encodeToString(request)))
                            .build()));
            List<X509Certificate> authorities = certificates(patiently(
                    stranger,
                    HttpRequest.newBuilder(url.resolve(EST + "cacerts")).build()));
            return new EnrolledDevice(id(mine.getFirst()), key, authorities, mine.getFirst());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("a device cannot be enrolled", e);
        }
    }

    /** The port lets a few strangers in at a time; whoever is too many comes again. */
    private static HttpResponse<String> patiently(HttpClient stranger, HttpRequest request)
            throws IOException, InterruptedException {
        while (true) {
            HttpResponse<String> answer = stranger.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != TOO_MANY) {
                return answer;
            }
            TimeUnit.SECONDS.sleep(
                    answer.headers().firstValueAsLong("Retry-After").orElse(1));
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

    /** TLS 1.3 with its certificate. */
    SSLContext tls() throws GeneralSecurityException, IOException {
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
}
