// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import dev.tollgate.catalog.yaml.Checked;
import dev.tollgate.catalog.yaml.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The bundles that come with the product, and small contracts of tests.
public final class Bundles {
    private static final Path BUNDLES =
            Path.of(System.getProperty("tollgate.root", "."), "90-app", "src", "main", "resources", "bundles");

    private Bundles() {}

    /// Folder of a bundle.
    public static Path folder(String bundle) {
        return BUNDLES.resolve(bundle);
    }

    /// The contracts of a bundle that is sound.
    public static ContractLoader.Loaded load(String bundle) {
        try {
            return sound(new ContractLoader().load(folder(bundle)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// What was loaded from a contract that is sound.
    public static ContractLoader.Loaded sound(String contract) {
        return sound(loadText(contract));
    }

    /// What is wrong with a contract, one line each.
    public static List<String> problems(String contract) {
        return switch (loadText(contract)) {
            case Checked.Sound<ContractLoader.Loaded> _ -> List.of();
            case Checked.Faulty<ContractLoader.Loaded> faulty -> lines(faulty.problems());
        };
    }

    /// One line a problem.
    public static List<String> lines(Problems problems) {
        return problems.toString().lines().toList();
    }

    private static Checked<ContractLoader.Loaded> loadText(String contract) {
        return new ContractLoader().load(Map.of("contracts/test.yaml", contract.getBytes(StandardCharsets.UTF_8)));
    }

    private static ContractLoader.Loaded sound(Checked<ContractLoader.Loaded> checked) {
        return switch (checked) {
            case Checked.Sound<ContractLoader.Loaded> sound -> sound.value();
            case Checked.Faulty<ContractLoader.Loaded> faulty -> throw new AssertionError("\n" + faulty.problems());
        };
    }
}
