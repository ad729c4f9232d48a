// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle.verify;

import dev.tollgate.terms.Digest;
import dev.tollgate.terms.VerifyingKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// A checkpoint whose signature a trusted key made (C2SP signed-note and tlog-checkpoint, read strictly).
///
/// @param size entries that it covers
/// @param root their RFC 6962 root
public record SeenCheckpoint(long size, Digest root) {
    /// The largest note that C2SP witnesses take, and more than any of ours.
    private static final int NOTE_CHARS_MAX = 16_384;

    private static final int SIGNATURES_MAX = 100;
    private static final int SIGNED_BYTES = 4 + 64;
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    /// The checkpoint in `note`, when it is one of the trusted log, signed by one of its keys.
    public static Optional<SeenCheckpoint> open(String note, Trust trust) {
        int split = note.lastIndexOf("\n\n");
        boolean framed = note.length() <= NOTE_CHARS_MAX && split > 0 && note.endsWith("\n");
        if (!framed || note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            return Optional.empty();
        }
        String text = note.substring(0, split + 1);
        String[] signatures = note.substring(split + 2).split("\n", -1);
        if (signatures.length > SIGNATURES_MAX || !signedBy(trust, text, signatures)) {
            return Optional.empty();
        }
        return body(text, trust.origin());
    }

    private static Optional<SeenCheckpoint> body(String text, String origin) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4
                || !lines[0].equals(origin)
                || !SIZE.matcher(lines[1]).matches()) {
            return Optional.empty();
        }
        return base64(lines[2])
                .filter(root -> root.length == 32)
                .map(root -> new SeenCheckpoint(
                        Long.parseLong(lines[1]),
                        new Digest("sha256:" + HexFormat.of().formatHex(root))));
    }

    /// One trusted signature is enough; a wrong signature under a trusted key's name spoils the note.
    private static boolean signedBy(Trust trust, String text, String[] signatures) {
        boolean signed = false;
        for (String line : signatures) {
            String prefix = "— " + trust.origin() + " ";
            Optional<byte[]> bytes =
                    line.startsWith(prefix) ? base64(line.substring(prefix.length())) : Optional.empty();
            if (bytes.isPresent() && bytes.get().length == SIGNED_BYTES) {
                for (VerifyingKey key : trust.keys()) {
                    if (Arrays.equals(keyHash(trust.origin(), key), 0, 4, bytes.get(), 0, 4)) {
                        byte[] signature = Arrays.copyOfRange(bytes.get(), 4, SIGNED_BYTES);
                        if (!key.verify(text.getBytes(StandardCharsets.UTF_8), signature)) {
                            return false;
                        }
                        signed = true;
                    }
                }
            }
        }
        return signed;
    }

    private static byte[] keyHash(String name, VerifyingKey key) {
        ByteArrayOutputStream hashed = new ByteArrayOutputStream();
        hashed.writeBytes((name + "\n").getBytes(StandardCharsets.UTF_8));
        hashed.write(1);
        hashed.writeBytes(key.raw());
        return Digest.sha256(hashed.toByteArray());
    }

    /// Strict base64: what it decodes to must encode to the same text.
    static Optional<byte[]> base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
