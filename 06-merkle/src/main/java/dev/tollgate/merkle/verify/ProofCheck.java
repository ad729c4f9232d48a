// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle.verify;

import dev.tollgate.terms.Digest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Verifies inclusion and consistency proofs as RFC 9162 §2.1.3.2 and §2.1.4.2 write it down: counters
/// walk up the tree while hashes are consumed, and a proof of the wrong length is a no.
public final class ProofCheck {
    private static final Digest EMPTY = Digest.of(new byte[0]);
    private static final Pattern INDEX = Pattern.compile("index (0|[1-9][0-9]{0,17})");

    /// A path of a 63-bit log is no longer.
    private static final int PATH_MAX = 63;

    private ProofCheck() {}

    /// The RFC 6962 leaf hash of an entry.
    public static Digest leaf(byte[] entry) {
        return hash(0, entry, new byte[0]);
    }

    /// Whether `path` proves that the leaf is at `index` of the tree of `size` entries with that root.
    public static boolean inclusion(Digest leaf, long index, long size, List<Digest> path, Digest root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long number = index;
        long last = size - 1;
        Digest reached = leaf;
        for (Digest sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((number & 1) == 1 || number == last) {
                reached = node(sibling, reached);
                while ((number & 1) == 0 && number != 0) {
                    number >>= 1;
                    last >>= 1;
                }
            } else {
                reached = node(reached, sibling);
            }
            number >>= 1;
            last >>= 1;
        }
        return last == 0 && reached.equals(root);
    }

    /// Whether `path` proves that the newer tree begins with the older one.
    public static boolean consistency(long older, Digest olderRoot, long newer, Digest newerRoot, List<Digest> path) {
        if (older < 0 || older > newer) {
            return false;
        }
        if (older == newer) {
            return path.isEmpty() && olderRoot.equals(newerRoot);
        }
        if (older == 0) {
            return path.isEmpty() && olderRoot.equals(EMPTY);
        }
        List<Digest> rest = new ArrayList<>(path);
        if (Long.bitCount(older) == 1) {
            rest.addFirst(olderRoot);
        }
        return !rest.isEmpty() && climbs(older - 1, newer - 1, rest, olderRoot, newerRoot);
    }

    private static boolean climbs(long first, long second, List<Digest> path, Digest olderRoot, Digest newerRoot) {
        long number = first;
        long last = second;
        while ((number & 1) == 1) {
            number >>= 1;
            last >>= 1;
        }
        Digest older = path.getFirst();
        Digest newer = path.getFirst();
        for (Digest sibling : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((number & 1) == 1 || number == last) {
                older = node(sibling, older);
                newer = node(sibling, newer);
                while ((number & 1) == 0 && number != 0) {
                    number >>= 1;
                    last >>= 1;
                }
            } else {
                newer = node(newer, sibling);
            }
            number >>= 1;
            last >>= 1;
        }
        return last == 0 && older.equals(olderRoot) && newer.equals(newerRoot);
    }

    /// What a proof file proves.
    ///
    /// @param index      where the entry is
    /// @param checkpoint in which tree
    public record Proven(long index, SeenCheckpoint checkpoint) {}

    /// Checks a `c2sp.org/tlog-proof@v1` file against the entry that it claims to be about.
    public static Optional<Proven> proofFile(String file, byte[] entry, Trust trust) {
        int split = file.indexOf("\n\n");
        if (split < 0) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>(List.of(file.substring(0, split).split("\n", PATH_MAX + 4)));
        boolean named = lines.removeFirst().equals("c2sp.org/tlog-proof@v1");
        if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
            lines.removeFirst();
        }
        if (!named || lines.isEmpty() || !INDEX.matcher(lines.getFirst()).matches()) {
            return Optional.empty();
        }
        long index = Long.parseLong(lines.removeFirst().substring("index ".length()));
        List<Digest> path = new ArrayList<>();
        for (String line : lines) {
            Optional<byte[]> hash = SeenCheckpoint.base64(line).filter(bytes -> bytes.length == 32);
            if (hash.isEmpty()) {
                return Optional.empty();
            }
            path.add(digest(hash.get()));
        }
        return SeenCheckpoint.open(file.substring(split + 2), trust)
                .filter(seen -> inclusion(leaf(entry), index, seen.size(), path, seen.root()))
                .map(seen -> new Proven(index, seen));
    }

    static Digest node(Digest left, Digest right) {
        return hash(1, left.bytes(), right.bytes());
    }

    private static Digest hash(int prefix, byte[] first, byte[] second) {
        ByteArrayOutputStream hashed = new ByteArrayOutputStream(1 + first.length + second.length);
        hashed.write(prefix);
        hashed.writeBytes(first);
        hashed.writeBytes(second);
        return Digest.of(hashed.toByteArray());
    }

    private static Digest digest(byte[] hash) {
        return new Digest("sha256:" + HexFormat.of().formatHex(hash));
    }
}
