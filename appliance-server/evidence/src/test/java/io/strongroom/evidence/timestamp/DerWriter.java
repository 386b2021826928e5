package io.strongroom.evidence.timestamp;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes DER, for tests that need certificates and tokens which no tool would make. */
final class DerWriter {
    private DerWriter() {}

    static byte[] tlv(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length < 0x80) {
            element.write(length);
        } else {
            byte[] bytes = BigInteger.valueOf(length).toByteArray();
            int from = bytes[0] == 0 ? 1 : 0;
            element.write(0x80 | bytes.length - from);
            element.write(bytes, from, bytes.length - from);
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    static byte[] seq(byte[]... parts) {
        return tlv(DerReader.SEQUENCE, parts);
    }

    static byte[] set(byte[]... parts) {
        byte[][] sorted = parts.clone();
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return tlv(DerReader.SET, sorted);
    }

    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int i = 1; i < arcs.length; i++) {
            long arc = Long.parseLong(arcs[i]) + (i == 1 ? 40 * Long.parseLong(arcs[0]) : 0);
            int groups = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(arc) + 6) / 7);
            for (int g = groups - 1; g >= 0; g--) {
                content.write((int) (arc >>> 7 * g & 0x7f) | (g > 0 ? 0x80 : 0));
            }
        }
        return tlv(DerReader.OBJECT_IDENTIFIER, content.toByteArray());
    }

    static byte[] integer(long value) {
        return tlv(DerReader.INTEGER, BigInteger.valueOf(value).toByteArray());
    }

    static byte[] octets(byte[] content) {
        return tlv(DerReader.OCTET_STRING, content);
    }

    static byte[] bits(byte[] content) {
        return tlv(0x03, new byte[] {0}, content);
    }

    static byte[] bool(boolean value) {
        return tlv(DerReader.BOOLEAN, new byte[] {(byte) (value ? 0xff : 0)});
    }

    static byte[] time(String generalized) {
        return tlv(DerReader.GENERALIZED_TIME, generalized.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] algorithm(String oid) {
        return seq(oid(oid));
    }

    /** A distinguished name of one common name. */
    static byte[] name(String commonName) {
        return seq(set(seq(oid("2.5.4.3"), tlv(0x0c, commonName.getBytes(StandardCharsets.UTF_8)))));
    }
}
