// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.policy.bundle.BundleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/// The bundles that the program brings along: examples to start from, and to be replaced.
public final class BuiltInBundle {
    private BuiltInBundle() {}

    /// The bundle of that name, for example `default`.
    ///
    /// @throws IllegalArgumentException when there is none
    public static BundleFiles named(String name) {
        URL folder = BuiltInBundle.class.getResource("/bundles/" + name);
        if (folder == null) {
            throw new IllegalArgumentException("no built-in bundle `" + name + "`");
        }
        try {
            URI place = folder.toURI();
            if (!"jar".equals(place.getScheme())) {
                return BundleFiles.of(Path.of(place));
            }
            try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                return BundleFiles.of(jar.getPath("/bundles/" + name));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (URISyntaxException broken) {
            throw new IllegalStateException("a class path entry is not a URI", broken);
        }
    }
}
