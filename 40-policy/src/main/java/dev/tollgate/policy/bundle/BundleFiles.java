// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.terms.Digest;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The bytes of a bundle, by path inside its folder, with `/` between names. Files whose name begins with a dot do not
/// belong to it.
///
/// @param content by path, sorted
public record BundleFiles(SortedMap<String, byte[]> content) {
    /// A bundle of 100 systems has fewer files; a folder with more is not a bundle but a mistake.
    public static final int FILES_MAX = 1_000;

    /// All files together. Policies and contracts of 100 systems have about 2 MB.
    public static final long BYTES_MAX = 16L << 20;

    public BundleFiles {
        content = Collections.unmodifiableSortedMap(new TreeMap<>(content));
    }

    /// From memory.
    public static BundleFiles of(Map<String, byte[]> content) {
        return new BundleFiles(new TreeMap<>(content));
    }

    /// From a folder.
    ///
    /// @throws UncheckedIOException     when it cannot be read
    /// @throws IllegalArgumentException when it has more files or bytes than a bundle may have
    public static BundleFiles of(Path folder) {
        SortedMap<String, byte[]> content = new TreeMap<>();
        long bytes = 0;
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile).limit(FILES_MAX + 1L)::iterator) {
                Path inside = folder.relativize(file);
                boolean hidden = Stream.iterate(inside, at -> at != null, Path::getParent)
                        .anyMatch(at -> at.getFileName().toString().startsWith("."));
                bytes += hidden ? 0 : Files.size(file);
                if (bytes > BYTES_MAX || content.size() >= FILES_MAX) {
                    throw new IllegalArgumentException(
                            "a bundle has " + FILES_MAX + " files and " + BYTES_MAX + " bytes at most");
                }
                if (!hidden) {
                    content.put(inside.toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new BundleFiles(content);
    }

    /// The policy version: a digest over the sorted paths and the digest of each file. One changed byte anywhere, tests
    /// and comments included, is another version.
    public PolicyVersion version() {
        Map<String, Value> digests = new HashMap<>();
        content.forEach(
                (path, bytes) -> digests.put(path, Value.of(Digest.of(bytes).text())));
        return new PolicyVersion(Digest.of(new Value.Fields(digests)).text());
    }

    /// The files below a folder with an ending, sorted.
    SortedMap<String, byte[]> below(String folder, String ending) {
        SortedMap<String, byte[]> found = new TreeMap<>();
        content.forEach((path, bytes) -> {
            if (path.startsWith(folder) && path.endsWith(ending)) {
                found.put(path, bytes);
            }
        });
        return found;
    }

    @Override
    public String toString() {
        return "BundleFiles[" + content.size() + " files]";
    }
}
