// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which deployment a command is about.
public final class Where {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder of the store, the log and the keys (default: data, beside this program)")
    private @Nullable Path data;

    @Option(names = "--config", paramLabel = "FILE", description = "configuration file (docs/operations.md)")
    private @Nullable Path config;

    /// The data folder, when the command line names one.
    public Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    /// The configuration file, when the command line names one.
    public Optional<Path> config() {
        return Optional.ofNullable(config);
    }
}
