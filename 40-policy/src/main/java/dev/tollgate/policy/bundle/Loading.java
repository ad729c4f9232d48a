// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.yaml.Problems;
import java.util.List;

/// What came of loading a bundle: the bundle, or everything that is wrong with it, at once.
public sealed interface Loading {
    /// It is valid.
    ///
    /// @param tests the tests that it carries; whoever puts it in force runs them first
    record Loaded(Bundle bundle, List<PolicyTest> tests) implements Loading {
        public Loaded {
            tests = List.copyOf(tests);
        }
    }

    /// It is not, and nothing of it is used.
    ///
    /// @param problems by file and line
    record Invalid(Problems problems) implements Loading {}
}
