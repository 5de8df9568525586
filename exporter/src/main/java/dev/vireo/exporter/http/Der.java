package dev.vireo.exporter.http;

import java.io.ByteArrayOutputStream;
import java.security.PublicKey;
import java.util.Arrays;

/** As much of ASN.1's encoding (X.690) as it takes to put an algorithm's name beside a key. */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;

    private Der() {}

    /** Returns PrivateKeyInfo (RFC 5208): version 0, the algorithm of {@code certified}, the key. */
    static byte[] pkcs8(PublicKey certified, byte[] key) {
        return element(
                SEQUENCE,
                element(INTEGER, new byte[] {0}),
                algorithm(certified.getEncoded()),
                element(OCTET_STRING, key));
    }

    /** Returns the first element inside of SubjectPublicKeyInfo (RFC 5280): the algorithm and its parameters. */
    private static byte[] algorithm(byte[] subjectPublicKeyInfo) {
        int start = contentStart(subjectPublicKeyInfo, 0);
        int content = contentStart(subjectPublicKeyInfo, start);
        return Arrays.copyOfRange(subjectPublicKeyInfo, start, content + length(subjectPublicKeyInfo, start));
    }

    private static int contentStart(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first - 0x80);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = at + 2; i < contentStart(der, at); i++) {
            length = (length << 8) | (der[i] & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... contents) {
        int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        writeLength(out, length);
        for (byte[] content : contents) {
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
            return;
        }
        // DER wants as few bytes as will do.
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        out.write(0x80 + bytes);
        for (int i = bytes - 1; i >= 0; i--) {
            out.write(length >> (8 * i));
        }
    }
}
