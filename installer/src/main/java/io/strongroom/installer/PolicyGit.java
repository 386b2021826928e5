package io.strongroom.installer;

import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The program git, working on the appliance's policy repository in the name of whoever is signed in. The session's token
 * goes by the environment, where no other user of the machine sees it, and into no file.
 */
public final class PolicyGit {
    private static final String AUTHORITY = "strongroom-ca.pem";

    /** Sent whole: git before 2.44 may wait for ever for the end of a push that it sends in pieces. */
    private static final String LARGEST_PUSH = "32m";

    private final OfficerHome.Session session;
    private final ProcessBuilder.Redirect output;

    PolicyGit(OfficerHome.Session session) {
        this(session, ProcessBuilder.Redirect.INHERIT);
    }

    /** @param output where goes what git says */
    public PolicyGit(OfficerHome.Session session, ProcessBuilder.Redirect output) {
        this.session = session;
        this.output = output;
    }

    /** Clones into a folder that is not there yet; later calls of git there know the appliance's authority. */
    public void cloneInto(Path folder) {
        try {
            Path authority = Files.createTempFile("strongroom", ".pem");
            try {
                Files.writeString(authority, authority());
                git(
                        Path.of("").toAbsolutePath(),
                        authority,
                        "clone",
                        session.url().resolve("/policy.git").toString(),
                        folder.toString());
                Path kept = kept(folder);
                Files.copy(authority, kept);
                git(folder, kept, "config", "http.sslCAInfo", kept.toString());
                git(folder, kept, "config", "http.postBuffer", LARGEST_PUSH);
            } finally {
                Files.delete(authority);
            }
        } catch (IOException e) {
            throw new LaunchException("the repository cannot be cloned: " + e.getMessage(), e);
        }
    }

    /** Commits all that was changed, in the name of whoever is signed in. */
    public void commit(Path folder, String message) {
        git(
                folder,
                kept(folder),
                "-c",
                "user.name=" + session.officer(),
                "-c",
                "user.email=" + session.officer(),
                "commit",
                "-q",
                "-a",
                "-m",
                message);
    }

    private static Path kept(Path folder) {
        return folder.toAbsolutePath().resolve(".git").resolve(AUTHORITY);
    }

    /** Pushes what is checked out as a proposal. */
    public void push(Path folder, String name, boolean force) {
        git(folder, kept(folder), "push", "origin", (force ? "+" : "") + "HEAD:refs/heads/proposals/" + name);
    }

    private void git(Path folder, Path authority, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectInput(ProcessBuilder.Redirect.INHERIT);
        builder.redirectOutput(output).redirectError(output);
        builder.environment()
                .putAll(Map.of(
                        "GIT_TERMINAL_PROMPT", "0",
                        // The variable and not the setting, which one that is already there would overrule.
                        "GIT_SSL_CAINFO", authority.toString(),
                        "GIT_CONFIG_COUNT", "1",
                        "GIT_CONFIG_KEY_0", "http.extraHeader",
                        "GIT_CONFIG_VALUE_0",
                                "Authorization: Bearer " + session.tokens().accessToken()));
        try {
            int exit = builder.start().waitFor();
            if (exit != 0) {
                throw new LaunchException("git ended with " + exit);
            }
        } catch (IOException e) {
            throw new LaunchException("git cannot be started: install it, and try again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("stopped", e);
        }
    }

    // --- The appliance's authority, known by its fingerprint

    private String authority() {
        URI url = session.url();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new JudgedAfterwards()}, new SecureRandom());
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
                socket.startHandshake();
                for (Certificate certificate : socket.getSession().getPeerCertificates()) {
                    Digest key = Digest.of(certificate.getPublicKey().getEncoded());
                    if (key.toString()
                            .equals(Digest.parse(session.fingerprint()).toString())) {
                        return "-----BEGIN CERTIFICATE-----\n"
                                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                        .encodeToString(certificate.getEncoded())
                                + "\n-----END CERTIFICATE-----\n";
                    }
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new LaunchException("the appliance at " + url + " cannot be asked who it is: " + e.getMessage(), e);
        }
        throw new LaunchException("at " + url + " is not the appliance that was signed in to");
    }

    /** Lets the handshake end; nothing is sent before the fingerprint was compared. */
    private static final class JudgedAfterwards extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
