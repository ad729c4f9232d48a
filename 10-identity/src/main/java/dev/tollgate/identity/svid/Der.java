// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.svid;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes the part of DER (X.690) that a certificate needs.
final class Der {
    private static final int SHORT_MAX = 127;
    private static final int GENERALIZED_FROM = 2050;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter GENERALIZED =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] tagged(int tag, byte[]... parts) {
        byte[] content = joined(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 5);
        out.write(tag);
        if (content.length <= SHORT_MAX) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int skip = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - skip));
            out.write(length, skip, length.length - skip);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    static byte[] set(byte[]... parts) {
        return tagged(0x31, parts);
    }

    static byte[] integer(BigInteger number) {
        return tagged(0x02, number.toByteArray());
    }

    static byte[] truth(boolean value) {
        return tagged(0x01, new byte[] {(byte) (value ? 0xff : 0)});
    }

    static byte[] octets(byte[]... content) {
        return tagged(0x04, content);
    }

    /// A bit string of whole bytes.
    static byte[] bits(byte[] content) {
        return tagged(0x03, new byte[1], content);
    }

    /// Named bits, as few bytes as hold them (X.690 §11.2.2).
    static byte[] flags(int... set) {
        int value = 0;
        int last = 0;
        for (int bit : set) {
            value |= 0x80 >> bit;
            last = Math.max(last, bit);
        }
        return tagged(0x03, new byte[] {(byte) (7 - last), (byte) value});
    }

    static byte[] text(String text) {
        return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int at = 2; at < arcs.length; at++) {
            int arc = Integer.parseInt(arcs[at]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >> shift > 0) {
                    out.write(0x80 | ((arc >> shift) & 0x7f));
                }
            }
            out.write(arc & 0x7f);
        }
        return tagged(0x06, out.toByteArray());
    }

    /// A time as RFC 5280 §4.1.2.5 writes it.
    static byte[] time(Instant when) {
        boolean late = when.atOffset(ZoneOffset.UTC).getYear() >= GENERALIZED_FROM;
        String text = (late ? GENERALIZED : UTC).format(when);
        return tagged(late ? 0x18 : 0x17, text.getBytes(StandardCharsets.US_ASCII));
    }
}
