// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.contracts.ContractLoader;
import dev.tollgate.catalog.yaml.Checked;
import dev.tollgate.catalog.yaml.ProblemLog;
import java.util.Optional;

/// Reads `contracts/*.yaml` and `classes.yaml`.
final class CatalogReader {
    private CatalogReader() {}

    static Optional<Catalog> read(ProblemLog log, BundleFiles files) {
        return switch (new ContractLoader().load(files.content())) {
            case Checked.Sound<ContractLoader.Loaded> sound ->
                Optional.of(sound.value().catalog());
            case Checked.Faulty<ContractLoader.Loaded> faulty -> {
                faulty.problems().all().forEach(log::add);
                yield Optional.empty();
            }
        };
    }
}
