// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.terms.Digest;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.VerifyingKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Writes checkpoints as signed notes (C2SP signed-note, tlog-checkpoint) and reads back those that
/// this log wrote. The key's name in a note is the log's origin, as tlog-checkpoint asks.
final class SignedNote {
    /// Ed25519, in the key hash.
    private static final byte ED25519 = 1;

    private static final int KEY_HASH_BYTES = 4;
    private static final int SIGNATURE_BYTES = 64;

    /// An origin stands twice in a checkpoint, which must fit into the room that a segment keeps for it.
    private static final int ORIGIN_CHARS_MAX = 200;

    private final String origin;
    private final SigningKey key;
    private final byte[] keyHash;

    SignedNote(String origin, SigningKey key) {
        require(!origin.isEmpty() && origin.length() <= ORIGIN_CHARS_MAX, "an origin has 1 to 200 characters");
        require(
                origin.chars().allMatch(c -> c > ' ' && c < 127 && c != '+'),
                "an origin is printable ASCII without spaces and `+`");
        this.origin = origin;
        this.key = key;
        this.keyHash = keyHash(key.verifyingKey());
    }

    Checkpoint sign(long size, byte[] root) {
        String text = origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] line = new byte[KEY_HASH_BYTES + SIGNATURE_BYTES];
        System.arraycopy(keyHash, 0, line, 0, KEY_HASH_BYTES);
        System.arraycopy(signature, 0, line, KEY_HASH_BYTES, SIGNATURE_BYTES);
        String note = text + "\n— " + origin + " " + Base64.getEncoder().encodeToString(line) + "\n";
        return new Checkpoint(origin, size, digest(root), note);
    }

    /// A checkpoint of this log, when `note` is one and one of `keys` signed it.
    Optional<Checkpoint> open(String note, List<VerifyingKey> keys) {
        int end = note.indexOf("\n\n— " + origin + " ");
        String[] lines = note.split("\n", -1);
        if (end < 0 || lines.length != 6 || !lines[0].equals(origin)) {
            return Optional.empty();
        }
        byte[] text = note.substring(0, end + 1).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] line = Base64.getDecoder().decode(lines[4].substring(origin.length() + 3));
            byte[] root = Base64.getDecoder().decode(lines[2]);
            boolean whole = line.length == KEY_HASH_BYTES + SIGNATURE_BYTES && root.length == TreeHash.BYTES;
            if (!whole || keys.stream().noneMatch(known -> signed(text, line, known))) {
                return Optional.empty();
            }
            return Optional.of(new Checkpoint(origin, Long.parseUnsignedLong(lines[1]), digest(root), note));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private boolean signed(byte[] text, byte[] line, VerifyingKey known) {
        return Arrays.equals(keyHash(known), Arrays.copyOf(line, KEY_HASH_BYTES))
                && known.verify(text, Arrays.copyOfRange(line, KEY_HASH_BYTES, line.length));
    }

    /// The verifier key that readers of the log are configured with: `origin+hash+key`.
    String verifierKey() {
        byte[] typed = new byte[1 + TreeHash.BYTES];
        typed[0] = ED25519;
        System.arraycopy(key.verifyingKey().raw(), 0, typed, 1, TreeHash.BYTES);
        return origin + "+" + HexFormat.of().formatHex(keyHash) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    private byte[] keyHash(VerifyingKey known) {
        ByteArrayOutputStream hashed = new ByteArrayOutputStream();
        hashed.writeBytes(origin.getBytes(StandardCharsets.UTF_8));
        hashed.write('\n');
        hashed.write(ED25519);
        hashed.writeBytes(known.raw());
        return Arrays.copyOf(Digest.sha256(hashed.toByteArray()), KEY_HASH_BYTES);
    }

    static Digest digest(byte[] hash) {
        return new Digest("sha256:" + HexFormat.of().formatHex(hash));
    }
}
