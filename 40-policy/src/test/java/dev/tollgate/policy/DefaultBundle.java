// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// The bundle that `./tollgate up` runs, loaded once for all tests. Public for tests of other rooms.
public final class DefaultBundle {
    private static final Path FOLDER =
            Path.of(System.getProperty("tollgate.root", "..")).resolve("90-app/src/main/resources/bundles/default");

    /// Its files.
    public static final BundleFiles FILES = BundleFiles.of(FOLDER);

    private static final Loading LOADING = BundleLoader.load(FILES);

    private DefaultBundle() {}

    /// What came of loading it.
    public static Loading loading() {
        return LOADING;
    }

    /// Its decision point.
    public static DecisionPoint point() {
        return point(LOADING);
    }

    static DecisionPoint point(Loading loading) {
        return switch (loading) {
            case Loading.Loaded loaded -> new DecisionPoint(loaded.bundle(), new SplittableRandom(1));
            case Loading.Invalid invalid ->
                throw new AssertionError(invalid.problems().toString());
        };
    }

    /// The same files with one of them written anew, or added.
    static BundleFiles with(String path, String content) {
        var files = new TreeMap<>(FILES.content());
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return BundleFiles.of(files);
    }

    /// The same files with one text of one of them replaced.
    static BundleFiles edited(String path, String old, String now) {
        String before = new String(FILES.content().get(path), StandardCharsets.UTF_8);
        if (!before.contains(old)) {
            throw new IllegalArgumentException("the file has no such text");
        }
        return with(path, before.replace(old, now));
    }
}
