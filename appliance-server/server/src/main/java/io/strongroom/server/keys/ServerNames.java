package io.strongroom.server.keys;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names in a server's certificate. */
final class ServerNames {
    private ServerNames() {}

    /** Whether the text is an IP address rather than a host name. */
    static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    /** Whether these are the names in the certificate. */
    static boolean are(List<String> names, X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> subjects = certificate.getSubjectAlternativeNames();
        if (subjects == null) {
            return false;
        }
        Set<String> present = new HashSet<>();
        for (List<?> subject : subjects) {
            present.add(normal(String.valueOf(subject.get(1))));
        }
        Set<String> wanted = new HashSet<>();
        names.forEach(name -> wanted.add(normal(name)));
        return present.equals(wanted);
    }

    /** An IPv6 address has many spellings; the loopback is the only one that every certificate has. */
    private static String normal(String name) {
        return name.equals("0:0:0:0:0:0:0:1") ? "::1" : name;
    }
}
