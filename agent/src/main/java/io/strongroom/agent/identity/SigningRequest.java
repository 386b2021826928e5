package io.strongroom.agent.identity;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;

/**
 * A certification request (PKCS#10, RFC 2986) for a key on P-256. It asks for no name: who the device is, the appliance
 * says.
 */
final class SigningRequest {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OBJECT_ID = 0x06;
    private static final int NO_ATTRIBUTES = 0xa0;

    /** 1.2.840.10045.4.3.2, ecdsa-with-SHA256 (RFC 5758 §3.2). */
    private static final byte[] ECDSA_WITH_SHA256 = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02};

    private SigningRequest() {}

    /** In DER. */
    static byte[] der(KeyPair key) {
        byte[] info = tagged(
                SEQUENCE,
                tagged(INTEGER, new byte[] {0}),
                tagged(SEQUENCE),
                key.getPublic().getEncoded(),
                tagged(NO_ATTRIBUTES));
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key.getPrivate());
            signer.update(info);
            return tagged(
                    SEQUENCE,
                    info,
                    tagged(SEQUENCE, tagged(OBJECT_ID, ECDSA_WITH_SHA256)),
                    tagged(BIT_STRING, new byte[] {0}, signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with the device's key", e);
        }
    }

    /** As EST takes it (RFC 8951 §3). */
    static byte[] base64(KeyPair key) {
        return Base64.getMimeEncoder().encodeToString(der(key)).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length & 0xff);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
